package app.realtime.engineio;

/**
 * How messages are sent.
 *
 * @param compress whether they are worth compressing, where the transport can
 * @param droppable whether they are better dropped than kept until the transport can write ("volatile")
 * @param many whether they are for one of many clients, who are not to wait for each other's writes
 */
public record SendOptions(boolean compress, boolean droppable, boolean many) {

    /** For one client: compressed where that is possible, and kept. */
    public static final SendOptions DEFAULT = new SendOptions(true, false, false);
}
