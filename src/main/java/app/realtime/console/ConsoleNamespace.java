package app.realtime.console;

import app.realtime.api.CallerAuthenticator;
import app.realtime.api.CallerAuthenticator.ByToken;
import app.realtime.api.CallerAuthenticator.Decision;
import app.realtime.api.CallerAuthenticator.Refused;
import app.realtime.events.EventSource;
import app.realtime.events.PublicationObserver;
import app.realtime.events.PushEvent;
import app.realtime.identity.Identity;
import app.realtime.socketio.ConnectRefusedException;
import app.realtime.socketio.Namespace;
import app.realtime.socketio.Socket;
import app.realtime.socketio.SocketServer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/**
 * The namespace {@code /console}: who may administer the service sees there what is published, whatever the room. A
 * client says who it is by {@code apiKey} or {@code token} in the credentials of its CONNECT packet, and is asked by the
 * same rules as a caller of {@code /api/admin}. What it sends is not listened to.
 *
 * <p>Thread-safe: the number of those who watch is atomic, the rest is the namespace's.
 */
@ApplicationScoped
public class ConsoleNamespace implements PublicationObserver {

    /** Its name on the wire. */
    public static final String NAME = "/console";

    static final String PUBLISHED = "published";

    private final CallerAuthenticator callers;
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final EventDigest digest;
    private final AtomicInteger watchers = new AtomicInteger();
    /** Set once, before any client or event comes. */
    private volatile Optional<Namespace> namespace = Optional.empty();

    @Inject
    public ConsoleNamespace(CallerAuthenticator callers, ScheduledExecutorService timer, Clock clock) {
        this.callers = callers;
        this.timer = timer;
        this.clock = clock;
        this.digest = new EventDigest();
    }

    /** For the container's proxy only. */
    protected ConsoleNamespace() {
        this(null, null, null);
    }

    void open(@Observes SocketServer server) {
        Namespace opened = server.of(NAME);
        opened.use(this::admit).onConnection(this::connected);
        namespace = Optional.of(opened);
    }

    private void admit(Socket socket) throws ConnectRefusedException {
        JsonNode credentials = socket.handshake().auth();
        Decision decision = callers.authenticate(text(credentials, "apiKey"), text(credentials, "token"));
        if (decision instanceof Refused refused) {
            throw new ConnectRefusedException(refused.message(), Map.of("code", refused.code()));
        }
        if (decision instanceof ByToken bearer) {
            if (!bearer.user().hasRole(Identity.ADMIN)) {
                throw new ConnectRefusedException(
                        "This needs an API key, or a token whose role is admin.", Map.of("code", "role_required"));
            }
            bearer.user().expiresAt().ifPresent(at -> socket.attach(Instant.class, at));
        }
    }

    private static Optional<String> text(JsonNode credentials, String field) {
        JsonNode value = credentials.path(field);
        return value.isString() && !value.stringValue().isEmpty() ? Optional.of(value.stringValue()) : Optional.empty();
    }

    private void connected(Socket socket) {
        watchers.incrementAndGet();
        socket.onDisconnect(reason -> watchers.decrementAndGet());
        // Nobody watches for longer than the token holds.
        socket.attachment(Instant.class).ifPresent(expiry -> {
            Duration left = Duration.between(clock.instant(), expiry);
            ScheduledFuture<?> end =
                    timer.schedule(() -> socket.disconnect(false), left.toMillis() + 1, TimeUnit.MILLISECONDS);
            socket.onDisconnect(reason -> end.cancel(false));
        });
    }

    @Override
    public void published(PushEvent event, EventSource source, JsonNode payload, int recipients) {
        if (watchers.get() == 0) {
            return;
        }
        digest.of(event, source, payload, recipients)
                .ifPresent(shown -> namespace.ifPresent(open -> open.local().emit(PUBLISHED, shown)));
    }
}
