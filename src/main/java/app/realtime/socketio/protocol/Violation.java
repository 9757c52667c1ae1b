package app.realtime.socketio.protocol;

import java.util.Locale;

/** The ways in which a client can break the protocol; each has its own counter. */
public enum Violation {
    /** The message begins with none of the seven digits; an empty one too. */
    UNKNOWN_PACKET_TYPE("unknown packet type"),
    /** A binary packet that does not say how many attachments it has. */
    ILLEGAL_ATTACHMENTS("illegal number of attachments"),
    /** More than {@link PacketDecoder#MAX_ATTACHMENTS}. */
    TOO_MANY_ATTACHMENTS("too many attachments"),
    /** Text where announced bytes were due. */
    TEXT_FOR_ATTACHMENT("text where attachments were announced"),
    /** Bytes that no packet has announced. */
    UNANNOUNCED_ATTACHMENT("bytes that nobody announced"),
    /** A placeholder whose number is none of an attachment. */
    UNKNOWN_PLACEHOLDER("a placeholder without its attachment"),
    /** What stands where JSON should is none. */
    INVALID_JSON("not JSON"),
    /** JSON of another kind than the packet's type asks for, such as an event that is no array. */
    INVALID_PAYLOAD("a payload of the wrong kind"),
    /** An event that takes the name of something in the client's own life. */
    RESERVED_EVENT_NAME("an event with a reserved name"),
    /** JSON nested deeper than {@link PacketDecoder#MAX_DEPTH}. */
    TOO_DEEP("JSON that is nested too deep"),
    /** A number, a name or a string in the JSON that is beyond all measure. */
    TOO_LONG("JSON with a number or a name that is too long"),
    /** An acknowledgement id of more digits than JavaScript counts exactly. */
    ACK_ID_TOO_LONG("acknowledgement id too long"),
    /** A namespace of more characters than any has. */
    NAMESPACE_TOO_LONG("namespace too long"),
    /** An event with neither name nor arguments: ignored, as in the reference server. */
    EVENT_WITHOUT_PAYLOAD("an event without payload"),
    /** An acknowledgement that does not say of what: ignored, as in the reference server. */
    ACK_WITHOUT_ID("an acknowledgement without id"),
    /** An acknowledgement that nobody waits for, or no longer: ignored, as in the reference server. */
    UNKNOWN_ACK_ID("an acknowledgement that nobody waits for"),
    /** A packet type that only a server sends. */
    CONNECT_ERROR_FROM_CLIENT("a connect error from a client"),
    /** A second CONNECT to a namespace. */
    ALREADY_CONNECTED("a second connect to a namespace"),
    /** A packet to a namespace that the client is not connected to. */
    NOT_CONNECTED("a packet to a namespace that it is not connected to"),
    /** More CONNECT packets than one session may send. */
    TOO_MANY_CONNECTS("more connects than a session may ask for");

    private final String text;

    Violation(String text) {
        this.text = text;
    }

    /** For our log; a peer never sees it. */
    public String text() {
        return text;
    }

    /** The name of its counter, such as {@code unknown_packet_type}. */
    public String metricName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
