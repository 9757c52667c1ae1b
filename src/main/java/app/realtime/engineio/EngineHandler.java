package app.realtime.engineio;

/** The port to the layer above: told of every new session. */
@FunctionalInterface
public interface EngineHandler {

    /** Called before the session delivers anything; what it returns hears of the session from then on. */
    SessionHandler onOpen(Session session);

    /**
     * Hears one session. {@link #onReady} comes first, unless a client of revision 3 speaks on a websocket before it has
     * its handshake; messages come in order and one at a time; {@link #onClose} comes once, last but for a late
     * {@link #onReady} of such a client, and on any thread. Nothing here may block.
     */
    interface SessionHandler {

        /** The handshake is the first packet in the queue: from now on the client may be sent messages. */
        default void onReady() {}

        void onText(String data);

        void onBinary(byte[] data);

        void onClose(CloseReason reason);

        /**
         * Whether a later request may use this session. That it knows the session's secret id is established; what else
         * it says of its sender, in its headers, may still belong to somebody else.
         */
        default boolean mayUse(HandshakeRequest request) {
            return true;
        }

        /** What log lines call the client; nothing secret. */
        String name();
    }
}
