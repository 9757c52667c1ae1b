package app.realtime.contract;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a client must not say in a session, and what becomes of it, as the reference server (4.8.4) does it.
 *
 * @param connected whether it comes after a CONNECT
 * @param packets texts as they are on a websocket, and bytes
 * @param ends whether it ends the session
 * @param reason the counter's tag
 */
record HostilePacket(String name, boolean connected, List<Object> packets, boolean ends, String reason) {

    private static final String PLACEHOLDER = "{\"_placeholder\":true,\"num\":0}";
    private static final byte[] BYTES = {1, 2, 3};

    static Stream<HostilePacket> all() {
        List<HostilePacket> all = new ArrayList<>();
        for (String name :
                List.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener")) {
            all.add(ends("reserved name " + name, "reserved_event_name", "42[\"" + name + "\"]"));
        }
        all.add(ends(
                "reserved name with bytes", "reserved_event_name", "451-[\"connect\"," + PLACEHOLDER + "]", BYTES));
        attachments(all);
        payloads(all);
        acknowledgements(all);
        all.add(ends("a second CONNECT", "already_connected", "40"));
        for (String packet : List.of("42[\"ping\"]", "421[\"ping\"]", "430[]", "41")) {
            all.add(new HostilePacket("before CONNECT: " + packet, false, List.of(packet), true, "not_connected"));
        }
        all.add(ends("an event to another namespace", "not_connected", "42/admin,[\"ping\"]"));
        for (String packet : List.of("9", "7", "x", "\u00e9")) {
            all.add(ends("Engine.IO packet " + packet, "unknown_engine_packet", packet));
        }
        for (String packet : List.of("47", "49[]", "4x", "4")) {
            all.add(ends("Socket.IO packet " + packet, "unknown_packet_type", packet));
        }
        all.add(ends("a connect error", "connect_error_from_client", "44{\"message\":\"x\"}"));
        return all.stream();
    }

    private static void attachments(List<HostilePacket> all) {
        all.add(ends("bytes that nobody announced", "unannounced_attachment", (Object) BYTES));
        all.add(ends(
                "more attachments than announced",
                "unannounced_attachment",
                "451-[\"a\"," + PLACEHOLDER + "]",
                BYTES,
                BYTES));
        all.add(ends(
                "fewer attachments than announced",
                "text_for_attachment",
                "452-[\"a\"," + PLACEHOLDER + "]",
                BYTES,
                "42[\"ping\"]"));
        all.add(ends("eleven attachments", "too_many_attachments", "4511-[\"a\"" + placeholders(11) + "]"));
        all.add(ends("very many attachments", "too_many_attachments", "4599999999999-[\"a\"]"));
        for (String head :
                List.of("45[\"a\"]", "45x-[\"a\"]", "45-[\"a\"]", "451[\"a\"]", "450-[\"a\"]", "45-1-[\"a\"]")) {
            all.add(ends("number of attachments in " + head, "illegal_attachments", head));
        }
        for (String number : List.of("5", "-1", "\"0\"")) {
            all.add(ends(
                    "placeholder " + number,
                    "unknown_placeholder",
                    "451-[\"a\",{\"_placeholder\":true,\"num\":" + number + "}]",
                    BYTES));
        }
    }

    private static void payloads(List<HostilePacket> all) {
        for (String payload : List.of("{}", "\"x\"", "null", "[]", "[null]", "[{}]", "[[]]", "[true]")) {
            all.add(ends("event " + payload, "invalid_payload", "42" + payload));
        }
        all.add(ends("event in bytes that is no array", "invalid_payload", "451-{\"a\":" + PLACEHOLDER + "}", BYTES));
        all.add(new HostilePacket("CONNECT with an array", false, List.of("40[]"), true, "invalid_payload"));
        all.add(new HostilePacket("CONNECT with a text", false, List.of("40\"x\""), true, "invalid_payload"));
        all.add(new HostilePacket("CONNECT with half an object", false, List.of("40{\"a\":"), true, "invalid_json"));
        all.add(ends("acknowledgement of an object", "invalid_payload", "430{}"));
        for (String payload : List.of("[\"ping\"", "[\"ping\"]x", "[\"ping\",NaN]", "[\"\\x\"]", "x[\"ping\"]")) {
            all.add(ends("event " + payload, "invalid_json", "42" + payload));
        }
        all.add(ends("arrays 10 000 deep", "too_deep", "42[\"ping\"," + "[".repeat(10_000) + "]".repeat(10_000) + "]"));
        all.add(ends("objects 10 000 deep", "too_deep", "42[\"ping\"," + "{\"a\":".repeat(10_000)));
        all.add(ends("a number of 100 000 digits", "too_long", "42[\"ping\"," + "9".repeat(100_000) + "]"));
        all.add(lives("an event without payload", "event_without_payload", "42"));
    }

    private static void acknowledgements(List<HostilePacket> all) {
        all.add(ends("ack id of 20 digits", "ack_id_too_long", "42" + "9".repeat(20) + "[\"ping\"]"));
        all.add(ends("ack id of 400 digits", "ack_id_too_long", "42" + "9".repeat(400) + "[\"ping\"]"));
        all.add(ends("ack id below zero", "invalid_json", "42-1[\"ping\"]"));
        all.add(ends("ack id that is a word", "invalid_json", "43abc[1]"));
        all.add(lives("ack of nothing", "ack_without_id", "43[]"));
        all.add(lives("ack that nobody waits for", "unknown_ack_id", "43999[1]"));
    }

    private static HostilePacket ends(String name, String reason, Object... packets) {
        return new HostilePacket(name, true, Arrays.asList(packets), true, reason);
    }

    private static HostilePacket lives(String name, String reason, Object... packets) {
        return new HostilePacket(name, true, Arrays.asList(packets), false, reason);
    }

    private static String placeholders(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ",{\"_placeholder\":true,\"num\":" + i + "}")
                .collect(Collectors.joining());
    }

    @Override
    public String toString() {
        return name;
    }
}
