package app.realtime.engineio;

/** The port to the layer above: told of every new session. */
@FunctionalInterface
public interface EngineHandler {

    /** Called before the session delivers anything; what it returns hears of the session from then on. */
    SessionHandler onOpen(Session session);

    /**
     * Hears one session. Messages come in order and one at a time; {@link #onClose} comes once, last, and on any
     * thread. Nothing here may block.
     */
    interface SessionHandler {

        void onText(String data);

        void onBinary(byte[] data);

        void onClose(CloseReason reason);

        /** What log lines call the client; nothing secret. */
        String name();
    }
}
