package app.realtime.engineio;

import app.realtime.engineio.protocol.Revision;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * All sessions of this instance.
 *
 * <p>Thread-safe. One sweep on the timer's thread serves the heartbeats of all sessions; it never blocks.
 */
public final class EngineServer implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(EngineServer.class.getName());
    /**
     * What clients of revision 3 may need after a websocket has opened, until they listen: a handshake that arrives with the
     * answer to their request would be missed by some.
     */
    private static final Duration LISTENER_DELAY = Duration.ofMillis(20);

    private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(2);

    private final SessionIds ids;
    private final EngineOptions options;
    private final EngineHandler handler;
    private final HandshakeGate gate;
    private final EngineObserver observer;
    private final WriterPool writers;
    private final ScheduledExecutorService timer;
    private final ScheduledFuture<?> sweep;
    /** Looking at each of many idle sessions ten times a second is most of what they cost. */
    private final int sweepsPerRound;
    /** Owned by the timer's thread. */
    private int sweeps;

    private final Timeouts<Runnable> openings;
    private final Crowd crowd = new Crowd();
    private final ConcurrentHashMap<String, Session> sessions = new ConcurrentHashMap<>();
    /** Those that are looked at in every sweep, for the polls that are to be let go. */
    private final Set<Session> upgrading = ConcurrentHashMap.newKeySet();

    private final List<Runnable> edgeTasks = new CopyOnWriteArrayList<>();

    /** Notified of each session that ends while new ones are refused. */
    private final Object ending = new Object();

    /** How long those have that are still here; empty while new ones are welcome. */
    private volatile Optional<Duration> draining = Optional.empty();

    private volatile boolean closed;
    private volatile long sweptAt = System.nanoTime();

    /** The only instance. */
    public EngineServer(
            EngineOptions options,
            EngineHandler handler,
            HandshakeGate gate,
            EngineObserver observer,
            WriterPool writers,
            ScheduledExecutorService timer) {
        this(new SessionIds(""), options, handler, gate, observer, writers, timer);
    }

    public EngineServer(
            SessionIds ids,
            EngineOptions options,
            EngineHandler handler,
            HandshakeGate gate,
            EngineObserver observer,
            WriterPool writers,
            ScheduledExecutorService timer) {
        this.ids = ids;
        this.options = options;
        this.handler = handler;
        this.gate = gate;
        this.observer = observer;
        this.writers = writers;
        this.timer = timer;
        this.openings = new Timeouts<>(options.upgradeTimeout(), timer, Runnable::run);
        long round = roundMillis(options);
        long tick = Math.min(100, round);
        this.sweepsPerRound = (int) (round / tick);
        this.sweep = timer.scheduleAtFixedRate(this::sweep, tick, tick, TimeUnit.MILLISECONDS);
    }

    /**
     * How often every session is looked at: fine enough for the shortest of the times, and never oftener than two hundred
     * times a second.
     */
    private static long roundMillis(EngineOptions options) {
        long heartbeat = Math.min(
                options.pingInterval().toMillis(), options.pingTimeout().toMillis());
        long slow = 2 * options.slowConsumerTimeout().toMillis();
        return Math.max(5, Math.min(1000, Math.min(heartbeat, slow) / 40));
    }

    public EngineOptions options() {
        return options;
    }

    /**
     * Whether some client is behind by more than half of what may wait for it. Costs next to nothing; for those who feed
     * many events at once.
     */
    public boolean isCrowded() {
        return !crowd.isEmpty();
    }

    public EngineObserver observer() {
        return observer;
    }

    /**
     * Asks the gate; the answer is to be followed by {@link #open}, or by running the release. The release passes on its
     * first run alone, so that an edge that cannot tell whether its session was opened may run it all the same.
     */
    public CompletionStage<HandshakeGate.Admission> admit(HandshakeRequest request) {
        return isAccepting()
                ? gate.admit(request).thenApply(EngineServer::releasedOnce)
                : CompletableFuture.completedStage(new HandshakeGate.Admission.Refused(
                        503, "shutting_down", "The server is shutting down", Optional.of(Duration.ofSeconds(5))));
    }

    private static HandshakeGate.Admission releasedOnce(HandshakeGate.Admission admission) {
        return admission instanceof HandshakeGate.Admission.Admitted admitted
                ? new HandshakeGate.Admission.Admitted(once(admitted.release()))
                : admission;
    }

    /** What to run for a websocket that does not open in time, unless it is ended before. For the edges. */
    public Timeouts<Runnable> openings() {
        return openings;
    }

    /** A websocket asks to take over from polling; see {@link Session#offerUpgrade}. For the edges. */
    public boolean offerUpgrade(Session session, Transport candidate) {
        boolean accepted = session.offerUpgrade(candidate);
        if (accepted) {
            upgrading.add(session);
        }
        return accepted;
    }

    /** Runs the task, which must not block, after that time. For the edges. */
    public void after(Duration time, Runnable task) {
        timer.schedule(task, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs the task, which must not block, several times a second on the timer's thread. For the edges. */
    public void inEverySweep(Runnable task) {
        edgeTasks.add(task);
    }

    /** Runs what may wait for a client, soon, on another thread. For the edges. */
    public void onWriter(Runnable task) {
        writers.execute(task);
    }

    private static Runnable once(Runnable action) {
        AtomicBoolean done = new AtomicBoolean();
        return () -> {
            if (done.compareAndSet(false, true)) {
                action.run();
            }
        };
    }

    /** Opens a session on its first transport; the handshake packet is the first that it sends. */
    public Session open(HandshakeRequest request, Transport transport, HandshakeGate.Admission.Admitted admitted) {
        String id = ids.next();
        Session session =
                new Session(id, request, transport, options, observer, writers, System::nanoTime, crowd, () -> {
                    admitted.release().run();
                    // Last, because close() takes a session that is not here any more for one that has ended.
                    forget(id);
                });
        try {
            session.attach(handler);
        } catch (RuntimeException e) {
            admitted.release().run();
            throw e;
        }
        sessions.put(id, session);
        observer.opened(transport.name());
        if (request.revision() == Revision.V3 && transport.name() == TransportName.WEBSOCKET) {
            after(LISTENER_DELAY, () -> writers.execute(() -> begin(session)));
        } else {
            begin(session);
        }
        if (closed) {
            session.end(CloseReason.SERVER_SHUTDOWN);
        } else {
            // It was admitted just before.
            draining.ifPresent(within -> closeLater(session, within));
        }
        return session;
    }

    private static void begin(Session session) {
        session.sendHandshake();
        session.ready();
    }

    private void forget(String id) {
        sessions.remove(id);
        if (!isAccepting()) {
            synchronized (ending) {
                ending.notifyAll();
            }
        }
    }

    /** The session with this secret id; not one whose time is over, even if the sweep has not come by yet. */
    public Optional<Session> session(String id) {
        Optional<Session> found = Optional.ofNullable(sessions.get(id));
        found.ifPresent(session -> session.tick(System.nanoTime()));
        return found.filter(session -> !session.hasEnded());
    }

    /** A live view of the sessions. */
    public Collection<Session> sessions() {
        return Collections.unmodifiableCollection(sessions.values());
    }

    /** Whether handshakes are admitted. */
    public boolean isAccepting() {
        return !closed && draining.isEmpty();
    }

    /** How long ago the heartbeats were last looked after; much more than a second means that the server is stuck. */
    public Duration sinceLastSweep() {
        return Duration.ofNanos(System.nanoTime() - sweptAt);
    }

    private void sweep() {
        writers.replaceStalled();
        edgeTasks.forEach(EngineServer::run);
        long now = System.nanoTime();
        sweptAt = now;
        sweeps++;
        if (sweeps % sweepsPerRound == 0) {
            sessions.values().forEach(session -> tick(session, now));
        }
        for (Session session : upgrading) {
            tick(session, now);
            if (!session.isUpgrading()) {
                upgrading.remove(session);
                if (session.isUpgrading()) {
                    // Another one began in between.
                    upgrading.add(session);
                }
            }
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            // An edge's trouble must not end the sweep for the sessions.
            LOG.log(Level.SEVERE, "An edge could not look after its threads", e);
        }
    }

    private static void tick(Session session, long now) {
        try {
            session.tick(now);
        } catch (RuntimeException e) {
            // One session's trouble must not end the sweep for all.
            LOG.log(Level.SEVERE, e, () -> "The heartbeat failed for " + session);
            session.end(CloseReason.TRANSPORT_ERROR);
        }
    }

    /** Refuses new sessions from now on; those that there are go on. */
    public void refuseSessions() {
        draining = draining.or(() -> Optional.of(Duration.ZERO));
    }

    /**
     * Refuses new sessions, and closes each of those that there are at a moment of its own within that time, after what is
     * queued for it has been sent: clients that lose their connections at once come back at once. Waits until the time is
     * over or nobody is left.
     */
    public void drain(Duration within) throws InterruptedException {
        draining = Optional.of(within);
        sessions.values().forEach(session -> closeLater(session, within));
        awaitNoSessions(within);
    }

    /** Within four fifths of the time: the last one is to be back elsewhere before it is over. */
    private void closeLater(Session session, Duration within) {
        long spread = within.toMillis() * 4 / 5;
        long wait = spread == 0 ? 0 : ThreadLocalRandom.current().nextLong(spread);
        timer.schedule(() -> session.close(CloseReason.SERVER_SHUTDOWN), wait, TimeUnit.MILLISECONDS);
    }

    /**
     * Refuses new sessions, sends what is queued and ends all sessions. Waits at most two seconds for clients to take
     * what is theirs, and two more for writes that do not end.
     */
    @Override
    public void close() {
        closed = true;
        sessions.values().forEach(session -> session.close(CloseReason.SERVER_SHUTDOWN));
        try {
            awaitNoSessions(FLUSH_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sweep.cancel(false);
        // Before the writers end, because it is they who close the transports.
        sessions.values().forEach(session -> session.end(CloseReason.SERVER_SHUTDOWN));
        writers.replaceStalled();
        writers.close();
    }

    private void awaitNoSessions(Duration time) throws InterruptedException {
        long deadline = System.nanoTime() + time.toNanos();
        synchronized (ending) {
            for (long left = time.toNanos(); left > 0 && !sessions.isEmpty(); left = deadline - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(ending, left);
            }
        }
    }
}
