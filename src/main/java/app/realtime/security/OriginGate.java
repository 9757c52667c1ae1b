package app.realtime.security;

import app.realtime.engineio.HandshakeGate;
import app.realtime.engineio.HandshakeRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Refuses the pages of foreign sites. Browsers do not apply CORS to websockets, so whoever wants that rule to hold there
 * must apply it himself (RFC 6455, section 10.2). A request without {@code Origin} is no page's.
 */
public final class OriginGate implements HandshakeGate {

    private final AllowedOrigins origins;
    private final HandshakeGate next;

    /** @param next asked when the origin is allowed */
    public OriginGate(AllowedOrigins origins, HandshakeGate next) {
        this.origins = origins;
        this.next = next;
    }

    @Override
    public CompletionStage<Admission> admit(HandshakeRequest request) {
        Optional<String> origin = request.header("origin");
        if (origin.isEmpty() || origins.allow(origin.get()) || isOwn(origin.get(), request)) {
            return next.admit(request);
        }
        return CompletableFuture.completedStage(
                new Admission.Refused(403, "origin", "Origin not allowed: see ALLOWED_ORIGINS", Optional.empty()));
    }

    /** The service's own pages need not be listed. */
    private static boolean isOwn(String origin, HandshakeRequest request) {
        return request.header("host")
                .map(host -> AllowedOrigins.isSameOrigin(origin, host))
                .orElse(false);
    }
}
