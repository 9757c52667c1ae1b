package app.realtime.engineio;

/**
 * How messages are sent.
 *
 * @param compress whether they are worth compressing, where the transport can
 * @param droppable whether they are better dropped than kept until the transport can write ("volatile")
 */
public record SendOptions(boolean compress, boolean droppable) {

    /** Compressed where that is possible, and kept. */
    public static final SendOptions DEFAULT = new SendOptions(true, false);
}
