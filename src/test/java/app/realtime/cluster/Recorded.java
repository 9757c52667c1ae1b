package app.realtime.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A message that a server or an emitter on Node.js has sent; {@code src/test/js/record-cluster.js} records them.
 *
 * @param name what it was sent for
 * @param says what it says, with bytes as {@code {"$bytes":base64}}
 */
record Recorded(String name, String channel, byte[] bytes, JsonNode says) {

    /** @param form {@code classic} or {@code sharded} */
    static List<Recorded> read(String form) throws IOException {
        try (InputStream file = Recorded.class.getResourceAsStream("/cluster/" + form + ".json")) {
            return new JsonMapper()
                    .readTree(file)
                    .valueStream()
                    .map(entry -> new Recorded(
                            entry.path("name").asString(),
                            entry.path("channel").asString(),
                            Base64.getDecoder().decode(entry.path("base64").asString()),
                            entry.path("says")))
                    .toList();
        }
    }

    /** The sender's id, where the message holds it. */
    String sender() {
        return says.isArray() ? says.get(0).asString() : says.path("uid").asString("emitter");
    }

    @Override
    public String toString() {
        return name + " on " + channel;
    }
}
