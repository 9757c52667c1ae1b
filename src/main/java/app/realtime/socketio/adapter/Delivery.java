package app.realtime.socketio.adapter;

/**
 * How a packet is sent to each of its recipients.
 *
 * @param compress whether it is worth compressing, where the transport can
 * @param droppable whether it is better dropped than kept until the transport can write
 */
public record Delivery(boolean compress, boolean droppable) {

    /** Compressed where that is possible, and kept. */
    public static final Delivery DEFAULT = new Delivery(true, false);
}
