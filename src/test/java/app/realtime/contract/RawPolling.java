package app.realtime.contract;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A long-polling session by hand. Answers pings when it polls. For one thread. */
final class RawPolling {

    private static final String SEPARATOR = "\u001e";

    private final HttpApi http;
    private final String path;
    private final JsonNode handshake;
    private final Deque<String> unread = new ArrayDeque<>();

    private RawPolling(HttpApi http, String path, JsonNode handshake) {
        this.http = http;
        this.path = path;
        this.handshake = handshake;
    }

    static RawPolling open(HttpApi http, String path) {
        Answer answer = http.get(path + "?EIO=4&transport=polling");
        if (answer.status() != 200 || !answer.body().startsWith("0")) {
            throw new AssertionError("No handshake: " + answer);
        }
        JsonNode handshake = JsonMapper.shared().readTree(answer.body().substring(1));
        Secrets.remember(handshake.path("sid").asString());
        return new RawPolling(http, path, handshake);
    }

    JsonNode handshake() {
        return handshake;
    }

    String sid() {
        return handshake.path("sid").asString();
    }

    /** The path and query of this session's requests. */
    String address() {
        return path + "?EIO=4&transport=polling&sid=" + sid();
    }

    Answer post(String payload) {
        return http.send("POST", address(), BodyPublishers.ofString(payload), "Content-Type", "text/plain");
    }

    Answer poll() {
        return http.get(address());
    }

    /** Connects to the main namespace and waits for {@code connected}. */
    RawPolling connect(String auth) {
        post("40" + auth);
        next("40");
        next("42[\"connected\"");
        return this;
    }

    /** Polls until a packet comes that begins so, and passes over others. */
    String next(String beginning) {
        while (true) {
            while (!unread.isEmpty()) {
                String packet = unread.poll();
                if (packet.equals("2")) {
                    post("3");
                }
                if (packet.startsWith(beginning)) {
                    return packet;
                }
            }
            Answer answer = poll();
            if (answer.status() != 200) {
                throw new AssertionError("A poll for " + beginning + " was answered with " + answer);
            }
            unread.addAll(Arrays.asList(answer.body().split(SEPARATOR)));
        }
    }
}
