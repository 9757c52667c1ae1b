package app.realtime.connection;

import app.realtime.engineio.HandshakeRequest;
import app.realtime.identity.Identity;
import app.realtime.identity.TokenRefusedException;
import app.realtime.identity.TokenVerifier;
import app.realtime.socketio.SessionGuard;
import app.realtime.socketio.Socket;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps a session to its user: a request with the token of somebody else may not use it, although it knows the session's
 * id. A session of nobody in particular is everyone's who knows its id. Has no state of its own.
 */
final class SessionOwner implements SessionGuard {

    private final TokenVerifier tokens;

    SessionOwner(TokenVerifier tokens) {
        this.tokens = tokens;
    }

    @Override
    public boolean admits(HandshakeRequest request, HandshakeRequest opening, Collection<Socket> sockets) {
        Set<String> owners = sockets.stream()
                .flatMap(socket -> socket.attachment(Identity.class).stream())
                .filter(identity -> !identity.isAnonymous())
                .map(Identity::userId)
                .collect(Collectors.toSet());
        if (owners.isEmpty()) {
            owners = user(opening).map(Set::of).orElse(Set.of());
        }
        return owners.isEmpty()
                || user(request).map(Set::of).filter(owners::equals).isPresent();
    }

    /** Empty without a token, or with one that proves nothing. */
    private Optional<String> user(HandshakeRequest request) {
        Optional<String> token = BearerToken.of(request);
        if (token.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(tokens.verify(token.get()).userId());
        } catch (TokenRefusedException e) {
            return Optional.empty();
        }
    }
}
