package app.realtime.engineio.websocket;

/** The numbers of RFC 6455, section 7.4, that tell why a websocket is closed. */
final class CloseCode {

    static final int NORMAL = 1000;
    static final int PROTOCOL_ERROR = 1002;
    /** A close frame without a code; never sent. */
    static final int NONE = 1005;

    static final int NOT_CONSISTENT = 1007;
    static final int TOO_BIG = 1009;

    private static final int RESERVED = 1004;
    private static final int ABNORMAL = 1006;
    private static final int LAST_REGISTERED = 1014;
    private static final int FIRST_FREE = 3000;
    private static final int LAST_FREE = 4999;

    private CloseCode() {}

    /** Whether a peer may send it: those of the protocol and its registry, and those left to libraries and applications. */
    static boolean maySend(int code) {
        return code >= FIRST_FREE
                ? code <= LAST_FREE
                : code >= NORMAL && code <= LAST_REGISTERED && code != RESERVED && code != NONE && code != ABNORMAL;
    }
}
