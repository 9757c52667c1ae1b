package app.realtime.socketio.protocol;

/** The kinds of packets, in the order of their digits on the wire. */
enum PacketType {
    CONNECT,
    DISCONNECT,
    EVENT,
    ACK,
    CONNECT_ERROR,
    BINARY_EVENT,
    BINARY_ACK;

    private static final PacketType[] BY_DIGIT = values();

    char digit() {
        return (char) ('0' + ordinal());
    }

    boolean hasAttachments() {
        return this == BINARY_EVENT || this == BINARY_ACK;
    }

    static PacketType ofDigit(char digit) throws ProtocolException {
        int index = digit - '0';
        if (index < 0 || index >= BY_DIGIT.length) {
            throw new ProtocolException(Violation.UNKNOWN_PACKET_TYPE);
        }
        return BY_DIGIT[index];
    }
}
