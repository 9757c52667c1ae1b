package app.realtime.kafka.consumer;

/** How the processing of a record ended. Immutable. */
public sealed interface Handling {

    Outcome outcome();

    /**
     * It was handed to everybody in its rooms.
     *
     * @param recipients how many sockets of this instance it went to
     */
    record Delivered(int recipients) implements Handling {
        @Override
        public Outcome outcome() {
            return Outcome.DELIVERED;
        }
    }

    /**
     * It is to be put aside.
     *
     * @param outcome why; not {@link Outcome#DELIVERED}
     * @param detail what is wrong with it, without quoting it
     */
    record Rejected(Outcome outcome, String detail) implements Handling {}
}
