package app.realtime.contract;

import static app.realtime.contract.Payloads.assertTimestamp;
import static app.realtime.contract.Payloads.unique;
import static app.realtime.contract.SocketClient.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The contract's chapter "Identity", and the event {@code connected}. */
@OnSharedService
class IdentityIT {

    private final Service service;

    IdentityIT(Service service) {
        this.service = service;
    }

    @Test
    void welcomesTheOwnerOfATokenIntoHisRooms() {
        try (SocketClient client = service.user("user123")) {
            JsonNode welcome = client.next("connected");
            assertThat(names(welcome))
                    .containsExactlyInAnyOrder("socketId", "userId", "isAnonymous", "rooms", "serverTime");
            assertThat(welcome.path("socketId").asString()).isEqualTo(client.id());
            assertThat(welcome.path("userId").asString()).isEqualTo("user123");
            assertThat(welcome.path("isAnonymous").asBoolean(true)).isFalse();
            assertThat(texts(welcome.path("rooms"))).containsExactly("global", "user:user123");
            assertTimestamp(welcome.path("serverTime").asString());
        }
    }

    @Test
    void welcomesAnonymousConnectionsIntoTheGlobalRoomAlone() {
        try (SocketClient one = service.anonymous();
                SocketClient two = service.anonymous()) {
            JsonNode welcome = one.next("connected");
            assertThat(welcome.path("userId").asString()).startsWith("anon-").hasSizeGreaterThan(20);
            assertThat(welcome.path("isAnonymous").asBoolean()).isTrue();
            assertThat(texts(welcome.path("rooms"))).containsExactly("global");
            assertThat(two.next("connected").path("userId")).isNotEqualTo(welcome.path("userId"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "polling"})
    void takesATokenFromTheHandshakesAuthorization(String transport) {
        String token = service.tokens().user("by-header");
        try (SocketClient client = service.client(options -> {
            options.transports = new String[] {transport};
            options.extraHeaders = Map.of("Authorization", List.of("Bearer " + token));
        })) {
            assertThat(client.next("connected").path("userId").asString()).isEqualTo("by-header");
        }
    }

    /** MicroProfile JWT's upn is usually one. */
    @Test
    void welcomesAUserWhoseIdIsNoIdOfARoomWithoutARoomOfTheirOwn() {
        try (SocketClient client = service.user("ann@example.com")) {
            JsonNode welcome = client.next("connected");
            assertThat(welcome.path("userId").asString()).isEqualTo("ann@example.com");
            assertThat(texts(welcome.path("rooms"))).containsExactly("global");
            client.join("survey:" + unique("of-ann"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sub", "upn"})
    void takesOtherNamesForTheUserAndHisRole(String claim) {
        ObjectNode claims = TokenMint.claims("x", "x").put(claim, "by-" + claim);
        claims.remove(List.of("userId", "role"));
        claims.putArray("groups").add("admin");
        try (SocketClient client =
                service.client(SocketClient.token(service.tokens().sign(claims)))) {
            assertThat(client.next("connected").path("userId").asString()).isEqualTo("by-" + claim);
            client.join("user:somebody-else");
        }
    }

    @Test
    void takesTokensThatAreSignedForThePublicKey() {
        String token = TokenMint.sign("RS256", service.privateKey(), TokenMint.claims("by-rsa", "user"));
        try (SocketClient client = service.client(SocketClient.token(token))) {
            assertThat(client.next("connected").path("userId").asString()).isEqualTo("by-rsa");
        }
    }

    @Test
    void refusesAnExpiredToken() {
        String token = service.tokens().sign(TokenMint.claims("late", "user", Duration.ofSeconds(-1)));
        assertRefused(token, "token_expired", "Token expired");
    }

    @Test
    void refusesATokenThatSomebodyElseSigned() {
        assertRefused(new TokenMint("another secret, also of a good length").user("x"), "token_invalid", "signature");
    }

    @Test
    void refusesAnUnsignedToken() {
        assertRefused(TokenMint.unsigned(TokenMint.claims("x", "admin")), "token_invalid", "algorithm");
    }

    @Test
    void refusesATokenWithoutAUser() {
        ObjectNode claims = TokenMint.claims("x", "user");
        claims.remove("userId");
        assertRefused(service.tokens().sign(claims), "token_invalid", "names no user");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rubbish", "a.b.c", "..", "\u0000", "eyJhbGciOiJIUzI1NiJ9.e30."})
    void refusesWhatIsNoToken(String token) {
        assertRefused(token, "token_invalid", "Token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "true", "{}", "[\"x\"]"})
    void refusesATokenThatIsNoText(String json) {
        try (RawWebSocket client = service.webSocket()) {
            client.send("40{\"token\":" + json + "}");
            assertThat(client.next())
                    .startsWith("44{")
                    .contains("\"message\":\"auth.token must be a string\"")
                    .contains("\"data\":{\"code\":\"token_invalid\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"token\":null}", "{\"token\":\"\"}"})
    void takesAMissingTokenForAnonymous(String auth) {
        try (RawWebSocket client = service.webSocket()) {
            client.send("40" + auth);
            assertThat(client.next("42[\"connected\"")).contains("\"isAnonymous\":true");
        }
    }

    @Test
    void endsAConnectionWithItsToken() {
        String token = service.tokens().sign(TokenMint.claims("brief", "user", Duration.ofSeconds(3)));
        try (SocketClient client = service.client(SocketClient.token(token))) {
            JsonNode error = client.next("error");
            assertThat(error.path("code").asString()).isEqualTo("token_expired");
            assertThat(error.path("message").asString()).isNotBlank();
            client.disconnection();
        }
    }

    @Test
    void letsAConnectionOutliveItsTokenWithANewOne() {
        String user = unique("renewed");
        Instant first = Instant.now().plusSeconds(3);
        String token = service.tokens().sign(TokenMint.claims(user, "user", Duration.ofSeconds(3)));
        try (SocketClient client = service.client(SocketClient.token(token))) {
            ObjectNode claims = TokenMint.claims(user, "user", Duration.ofSeconds(6));
            JsonNode ack =
                    client.ask("authenticate", object("token", service.tokens().sign(claims)));
            assertThat(ack.path("ok").asBoolean()).isTrue();
            assertThat(Instant.parse(ack.path("expiresAt").asString()).getEpochSecond())
                    .isEqualTo(claims.path("exp").asLong());
            assertThat(client.next("error").path("code").asString()).isEqualTo("token_expired");
            assertThat(Instant.now()).isAfter(first.plusSeconds(1));
            client.disconnection();
        }
    }

    @Test
    void takesNoNewTokenOfAnotherUserNorABadOne() {
        try (SocketClient client = service.user("same");
                SocketClient anonymous = service.anonymous()) {
            JsonNode ack =
                    client.ask("authenticate", object("token", service.tokens().user("other")));
            assertThat(ack.path("ok").asBoolean(true)).isFalse();
            assertThat(ack.path("code").asString()).isEqualTo("user_mismatch");
            String expired = service.tokens().sign(TokenMint.claims("same", "user", Duration.ofSeconds(-5)));
            assertThat(client.ask("authenticate", object("token", expired))
                            .path("code")
                            .asString())
                    .isEqualTo("token_expired");
            assertThat(client.ask("authenticate").path("code").asString()).isEqualTo("token_invalid");
            assertThat(client.ask("authenticate", object("token", 5))
                            .path("code")
                            .asString())
                    .isEqualTo("token_invalid");
            assertThat(anonymous
                            .ask(
                                    "authenticate",
                                    object("token", service.tokens().user("same")))
                            .path("ok")
                            .asBoolean(true))
                    .isFalse();
            assertThat(client.ask("ping").path("ok").asBoolean()).isTrue();
        }
    }

    private void assertRefused(String token, String code, String message) {
        try (SocketClient client = SocketClient.begin(service.uri(), SocketClient.token(token))) {
            JsonNode refusal = client.refusal();
            assertThat(refusal.path("message").asString()).contains(message);
            assertThat(refusal.path("data").path("code").asString()).isEqualTo(code);
            assertThat(refusal.toString()).doesNotContain(token.length() > 5 ? token : "\u0000");
            assertThat(client.isConnected()).isFalse();
        }
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static Stream<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString);
    }
}
