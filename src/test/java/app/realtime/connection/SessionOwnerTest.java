package app.realtime.connection;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.engineio.HandshakeRequest;
import app.realtime.identity.Identity;
import app.realtime.identity.TokenRefusedException;
import app.realtime.identity.TokenVerifier;
import app.realtime.socketio.TestServer;
import app.realtime.socketio.TestServer.TestClient;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionOwnerTest {

    /** Tokens are {@code good:} and the user's id. */
    private static final TokenVerifier TOKENS = token -> {
        if (!token.startsWith("good:")) {
            throw new TokenRefusedException(TokenRefusedException.Reason.INVALID, "not good");
        }
        return user(token.substring(5));
    };

    private static final HandshakeRequest NO_TOKEN = request(Map.of());

    private final SessionOwner owner = new SessionOwner(TOKENS);

    private static Identity.User user(String id) {
        return new Identity.User(id, Optional.empty(), Set.of(), Optional.empty(), Optional.empty());
    }

    private static HandshakeRequest request(Map<String, List<String>> headers) {
        return new HandshakeRequest(InetAddress.getLoopbackAddress(), headers, Map.of(), "/socket.io/", false);
    }

    private static HandshakeRequest bearer(String token) {
        return request(Map.of("authorization", List.of("Bearer " + token)));
    }

    @Test
    void keepsASessionToTheUserWhoseTokenOpenedIt() {
        assertThat(owner.admits(bearer("good:alice"), bearer("good:alice"), List.of()))
                .isTrue();
        assertThat(owner.admits(bearer("good:mallory"), bearer("good:alice"), List.of()))
                .isFalse();
        assertThat(owner.admits(bearer("forged"), bearer("good:alice"), List.of()))
                .isFalse();
    }

    @Test
    void keepsASessionToTheUserWhoHasConnectedByIt() {
        try (TestServer server = new TestServer()) {
            server.sockets().guard(owner);
            server.main().use(socket -> socket.attach(Identity.class, user("alice")));
            TestClient client = server.connect();
            assertThat(client.session().mayBeUsedBy(bearer("good:alice"))).isTrue();
            assertThat(client.session().mayBeUsedBy(bearer("good:mallory"))).isFalse();
        }
    }

    @Test
    void leavesASessionOfNobodyInParticularToWhoKnowsItsId() {
        assertThat(owner.admits(bearer("good:mallory"), NO_TOKEN, List.of())).isTrue();
        try (TestServer server = new TestServer()) {
            server.sockets().guard(owner);
            server.main().use(socket -> socket.attach(Identity.class, new Identity.Anonymous("anon-1")));
            assertThat(server.connect().session().mayBeUsedBy(bearer("good:mallory")))
                    .isTrue();
        }
    }
}
