package app.realtime.engineio;

import app.realtime.engineio.EngineHandler.SessionHandler;
import app.realtime.engineio.protocol.Handshake;
import app.realtime.engineio.protocol.Packet;
import app.realtime.engineio.protocol.ProtocolException;
import app.realtime.engineio.protocol.Revision;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One client's session: its state, its heartbeat, its upgrade and the packets that wait for it.
 *
 * <p>Thread-safe. All mutable state is guarded by one lock, which is never held while a packet is written or a handler
 * runs. Packets leave in the order of the {@link #send} calls: at most one thread drains the queue at a time.
 */
public final class Session {

    private static final Logger LOG = Logger.getLogger(Session.class.getName());
    private static final SendOptions HEARTBEAT = new SendOptions(true, false, true);

    private enum State {
        OPEN,
        /** Told to end; what is queued is still sent. */
        CLOSING,
        CLOSED
    }

    private final String id;
    private final HandshakeRequest request;
    private final EngineOptions options;
    private final EngineObserver observer;
    private final Executor writers;
    private final Drain drain;
    private final LongSupplier nanoTime;
    private final Runnable onEnd;
    private volatile SessionHandler handler;

    private final Object lock = new Object();
    private State state = State.OPEN;
    private final Outbound outbound;
    private CloseReason closingReason = CloseReason.FORCED_CLOSE;
    private final Heartbeat heartbeat;
    private final Upgrade upgrade = new Upgrade();
    /**
     * Whether there is nothing to look at before {@link #restsUntil}, so that a sweep over many idle sessions touches no more
     * of each. The two are written under the lock.
     */
    private volatile boolean rests;

    private volatile long restsUntil;

    Session(
            String id,
            HandshakeRequest request,
            Transport transport,
            EngineOptions options,
            EngineObserver observer,
            Executor writers,
            LongSupplier nanoTime,
            Crowd crowd,
            Runnable onEnd) {
        this.id = id;
        this.request = request;
        this.options = options;
        this.observer = observer;
        this.writers = writers;
        this.drain = new Drain(this, writers);
        this.nanoTime = nanoTime;
        this.onEnd = onEnd;
        this.outbound = new Outbound(
                new OutboundQueue(options.maxQueuedPackets(), options.maxQueuedBytes(), crowd),
                new StallWatch(options.slowConsumerTimeout()),
                transport);
        this.heartbeat =
                new Heartbeat(request.revision(), options.pingInterval(), options.pingTimeout(), nanoTime.getAsLong());
    }

    /** To be called once, before anybody else knows the session. */
    void attach(EngineHandler engineHandler) {
        handler = engineHandler.onOpen(this);
    }

    void sendHandshake() {
        List<String> upgrades =
                transportName() == TransportName.POLLING ? List.of(TransportName.WEBSOCKET.wireName()) : List.of();
        send(new Packet.Open(
                new Handshake(id, upgrades, options.pingInterval(), options.pingTimeout(), options.maxPayloadBytes())));
    }

    /** Tells the layer above that the handshake is on its way. To be called once. */
    void ready() {
        handler.onReady();
    }

    /** The request that opened the session. */
    public HandshakeRequest request() {
        return request;
    }

    /** The protocol's revision that the client speaks. */
    public Revision revision() {
        return request.revision();
    }

    boolean hasEnded() {
        synchronized (lock) {
            return state == State.CLOSED;
        }
    }

    /** Whether a later request, which knows the session's id, may use the session. */
    public boolean mayBeUsedBy(HandshakeRequest later) {
        return handler.mayUse(later);
    }

    /** The transport in use. */
    public Transport transport() {
        synchronized (lock) {
            return outbound.transport();
        }
    }

    public TransportName transportName() {
        return transport().name();
    }

    /** How many packets wait to be sent. */
    public int queued() {
        synchronized (lock) {
            return outbound.size();
        }
    }

    /** Sends one packet; false if the session has ended. */
    public boolean send(Packet packet) {
        return send(List.of(packet), SendOptions.DEFAULT);
    }

    /**
     * Queues packets to be sent in order and with nothing between them. Returns at once. When the queue has no room
     * left, what may be dropped is dropped; if that is not enough the session is closed as a
     * {@link CloseReason#SLOW_CONSUMER}.
     *
     * @return false if the session has ended, or ends now, or if the packets were dropped as the options allow
     */
    public boolean send(List<Packet> packets, SendOptions sendOptions) {
        boolean accepted;
        boolean dropped = false;
        boolean claimed = false;
        Optional<OutboundLimit> full = Optional.empty();
        synchronized (lock) {
            if (state != State.OPEN) {
                return false;
            }
            accepted = !sendOptions.droppable() || outbound.isIdle();
            if (accepted) {
                full = outbound.offer(packets, sendOptions);
                dropped = full.isPresent() && outbound.drop();
                if (dropped) {
                    full = outbound.offer(packets, sendOptions);
                }
                claimed = full.isEmpty() && outbound.claim();
                if (!claimed || outbound.transport().mayWait()) {
                    wake();
                }
            }
        }
        if (dropped || !accepted) {
            observer.dropped();
        }
        full.ifPresent(this::endAsSlow);
        if (claimed && !sendOptions.many()) {
            drain.here();
        } else {
            drainIf(claimed);
        }
        return accepted && full.isEmpty();
    }

    /** Until {@link #release}, what is sent waits, so that it leaves together. To be followed by that, soon. */
    public void hold() {
        synchronized (lock) {
            outbound.hold();
        }
    }

    /** What was sent since {@link #hold} leaves. */
    public void release() {
        boolean claimed;
        synchronized (lock) {
            outbound.release();
            claimed = claimWriting();
        }
        if (claimed) {
            drain.here();
        }
    }

    private void endAsSlow(OutboundLimit limit) {
        int packets;
        long bytes;
        synchronized (lock) {
            packets = outbound.size();
            bytes = outbound.bytes();
        }
        if (end(CloseReason.SLOW_CONSUMER)) {
            LOG.info(() -> "Closed " + this + ", a slow consumer: " + limit.label() + " is reached, " + packets
                    + " messages of about " + bytes + " bytes waited");
        }
    }

    /** All has been written after which the session was to end. */
    void endAfterLast() {
        end(closingReason);
    }

    /** Ends the session after what is queued has been sent. */
    public void close(CloseReason reason) {
        boolean claimed;
        synchronized (lock) {
            if (state != State.OPEN) {
                return;
            }
            state = State.CLOSING;
            closingReason = reason;
            heartbeat.expectEnd(nanoTime.getAsLong());
            wake();
            outbound.close();
            claimed = outbound.claim();
        }
        drainIf(claimed);
    }

    /** Ends the session at once. True if this call ended it. */
    public boolean end(CloseReason reason) {
        TransportName last;
        List<Transport> transports;
        synchronized (lock) {
            if (state == State.CLOSED) {
                return false;
            }
            state = State.CLOSED;
            last = outbound.transport().name();
            transports = outbound.end();
            upgrade.abandon().ifPresent(transports::add);
        }
        // A transport that is stuck in a write may also take its time to close: not on the caller's thread.
        writers.execute(() -> transports.forEach(unused -> unused.close(reason)));
        observer.closed(last, reason);
        try {
            handler.onClose(reason);
        } finally {
            // Last, because the server's end waits for this.
            onEnd.run();
        }
        return true;
    }

    /** A poll has arrived: the polling transport can write again. Called by the polling edge. */
    public void polled() {
        boolean claimed;
        synchronized (lock) {
            upgrade.polled(nanoTime.getAsLong());
            claimed = claimWriting();
        }
        if (claimed) {
            drain.here();
        }
    }

    /** The transport can write again. Called on a writer. */
    public void writable() {
        boolean claimed;
        synchronized (lock) {
            claimed = claimWriting();
        }
        if (claimed) {
            drain.run();
        }
    }

    /** The client's packet on one of the session's transports; packets of any other are ignored. */
    public void receive(Transport from, Packet packet) {
        boolean current;
        synchronized (lock) {
            current = from == outbound.transport();
            if (state == State.CLOSED || (current && state == State.CLOSING && !(packet instanceof Packet.Close))) {
                // Whoever is being sent away is not listened to any more, so that the last words to it get out.
                return;
            }
        }
        if (current) {
            receive(packet);
        } else {
            receiveProbe(from, packet);
        }
    }

    private void receive(Packet packet) {
        if (packet instanceof Packet.Text text) {
            handler.onText(text.data());
        } else if (packet instanceof Packet.Binary binary) {
            handler.onBinary(binary.data());
        } else if (packet instanceof Packet.Close) {
            end(CloseReason.TRANSPORT_CLOSE);
        } else if (packet instanceof Packet.Ping ping && revision() == Revision.V3) {
            synchronized (lock) {
                heartbeat.pinged(nanoTime.getAsLong());
            }
            send(new Packet.Pong(ping.data()));
        } else if (packet instanceof Packet.Pong && revision() == Revision.V4) {
            synchronized (lock) {
                heartbeat.ponged(nanoTime.getAsLong());
                wake();
            }
        } else if (packet instanceof Packet.Ping || packet instanceof Packet.Pong) {
            observer.refused("heartbeat_direction");
            end(CloseReason.TRANSPORT_ERROR);
        }
    }

    /** One of the session's transports has brought what is not Engine.IO. */
    public void violated(Transport from, ProtocolException violation) {
        LOG.fine(() -> "Not Engine.IO (" + violation.getMessage() + ") from " + this);
        observer.refused(violation.violation().metricName());
        closed(from, CloseReason.PARSE_ERROR);
    }

    /**
     * A websocket asks to take over from polling.
     *
     * @return false if the session has ended, has a websocket already or is being upgraded by another one
     */
    boolean offerUpgrade(Transport candidate) {
        synchronized (lock) {
            if (state == State.OPEN && outbound.transport().name() == TransportName.POLLING && !upgrade.isUnderWay()) {
                upgrade.begin(
                        candidate,
                        nanoTime.getAsLong() + options.upgradeTimeout().toNanos());
                wake();
                return true;
            }
        }
        observer.refused("second_websocket");
        return false;
    }

    boolean isUpgrading() {
        synchronized (lock) {
            return upgrade.isUnderWay();
        }
    }

    private void receiveProbe(Transport from, Packet packet) {
        Upgrade.Step step;
        Optional<Runnable> farewell = Optional.empty();
        boolean claimed;
        synchronized (lock) {
            step = upgrade.receive(from, packet);
            switch (step) {
                case ANSWER -> {
                    outbound.answering(from);
                    // So that the client can leave polling.
                    outbound.letGoOfPoll();
                }
                case SWITCH -> farewell = outbound.switchTo(from);
                case DROP -> farewell = Optional.of(() -> from.close(CloseReason.TRANSPORT_CLOSE));
                case IGNORE -> {}
            }
            claimed = claimWriting();
        }
        if (step == Upgrade.Step.ANSWER) {
            writers.execute(() -> answerProbe(from));
        } else if (step == Upgrade.Step.SWITCH) {
            observer.upgraded();
        }
        farewell.ifPresent(writers::execute);
        drainIf(claimed);
    }

    private void answerProbe(Transport candidate) {
        boolean written = write(candidate, Batch.of(new Packet.Pong(Packet.PROBE)));
        boolean claimed;
        synchronized (lock) {
            outbound.answered(candidate);
            claimed = written && claimWriting();
        }
        if (!written) {
            closed(candidate, CloseReason.TRANSPORT_ERROR);
        } else if (claimed) {
            drain.run();
        }
    }

    /** One of the session's transports has gone; without its current one the session ends. */
    public void closed(Transport gone, CloseReason reason) {
        boolean candidate;
        synchronized (lock) {
            candidate = upgrade.isCandidate(gone);
            if (candidate) {
                upgrade.abandon();
            } else if (gone != outbound.transport()) {
                return;
            }
        }
        if (candidate) {
            // It may be only its protocol that failed.
            writers.execute(() -> gone.close(reason));
        } else {
            end(reason);
        }
    }

    /** Does what is due at this time: pings, and ends what has not answered. Called by the server's sweep. */
    void tick(long now) {
        if (rests && now - restsUntil < 0) {
            return;
        }
        Heartbeat.Due due;
        Optional<Transport> late;
        boolean claimed;
        boolean stalled;
        boolean closing;
        synchronized (lock) {
            due = state == State.CLOSED ? Heartbeat.Due.NOTHING : heartbeat.due(now);
            stalled = state != State.CLOSED && outbound.isStalled(now);
            closing = state == State.CLOSING;
            late = upgrade.abandonIfLate(now);
            if (upgrade.letsGoOfPoll(now)) {
                outbound.letGoOfPoll();
            }
            claimed = claimWriting();
            restsUntil = heartbeat.dueAt();
            rests = state == State.OPEN && !upgrade.isUnderWay() && !outbound.isWaiting();
        }
        drainIf(claimed);
        late.ifPresent(transportToDrop -> writers.execute(() -> transportToDrop.close(CloseReason.PING_TIMEOUT)));
        switch (due) {
            case PING -> send(List.of(new Packet.Ping("")), HEARTBEAT);
            case TIMEOUT -> end(CloseReason.PING_TIMEOUT);
            case END -> end(closingReason);
            case NOTHING -> {}
        }
        if (stalled && closing) {
            end(closingReason);
        } else if (stalled) {
            endAsSlow(OutboundLimit.TIME);
        }
    }

    /** The next sweep looks at this session. Under the lock. */
    private void wake() {
        if (rests) {
            rests = false;
        }
    }

    /** Whether the caller must now run {@link #drain}. Under the lock. */
    private boolean claimWriting() {
        return state != State.CLOSED && outbound.claim();
    }

    private void drainIf(boolean claimed) {
        if (claimed) {
            writers.execute(drain);
        }
    }

    /** For whoever has claimed the writing. */
    Outbound.Turn nextTurn() {
        Outbound.Turn turn;
        synchronized (lock) {
            turn = outbound.next(state == State.CLOSED);
            if (outbound.isWaiting()) {
                wake();
            }
        }
        turn.left().ifPresent(left -> left.leave(true));
        return turn;
    }

    /** False if the client could not be reached. */
    boolean write(Transport target, Batch batch) {
        try {
            target.write(batch);
            return true;
        } catch (IOException e) {
            LOG.log(Level.FINE, e, () -> "Could not reach " + this);
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, e, () -> "The transport failed in an unforeseen way for " + this);
        }
        return false;
    }

    /** The client as log lines name it; never with the session's id. */
    @Override
    public String toString() {
        return handler.name();
    }
}
