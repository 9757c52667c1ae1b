package app.realtime.cluster.members;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One instance of the service, from its start to its end.
 *
 * @param id another one for each start; letters, digits, {@code -} and {@code _}
 * @param name what people know it by, such as the name of its pod
 * @param host where other instances reach it; an address, no name
 * @param port its management port
 * @param key what others show when they pass requests on to it; secret
 */
public record Member(String id, String name, String host, int port, String key) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 6;
    private static final int KEY_BYTES = 32;
    private static final int MAX_PORT = 65_535;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{8}");
    /** Of IPv4 or IPv6: nobody has to look it up. */
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]{7,15}|[0-9A-Fa-f:.]{2,45}(%[A-Za-z0-9._-]{1,32})?");

    /** This instance, as it starts. */
    public static Member starting(String name, String host, int port) {
        return new Member(random(ID_BYTES), name, host, port, random(KEY_BYTES));
    }

    private static String random(int bytes) {
        byte[] value = new byte[bytes];
        RANDOM.nextBytes(value);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
    }

    ObjectNode write() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("name", name)
                .put("host", host)
                .put("port", port)
                .put("key", key);
    }

    /** Empty if that is no member. */
    static Optional<Member> read(JsonNode node) {
        Member member = new Member(
                node.path("id").asString(""),
                node.path("name").asString(""),
                node.path("host").asString(""),
                node.path("port").asInt(0),
                node.path("key").asString(""));
        return Optional.of(member).filter(Member::isValid);
    }

    private boolean isValid() {
        return ID.matcher(id).matches()
                && ADDRESS.matcher(host).matches()
                && port > 0
                && port <= MAX_PORT
                && !key.isEmpty();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "Member[" + name + ' ' + id + " at " + host + ':' + port + ']';
    }
}
