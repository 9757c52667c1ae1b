package app.realtime.limits;

import app.realtime.engineio.HandshakeGate;
import app.realtime.engineio.HandshakeRequest;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Lets each client address have so many open sessions and no more. Thread-safe; counts per address atomically. */
public final class ConnectionLimits implements HandshakeGate {

    private static final int TOO_MANY_REQUESTS = 429;

    private final int limit;
    private final ConcurrentMap<InetAddress, Integer> openSessions = new ConcurrentHashMap<>();

    public ConnectionLimits(LimitSettings settings) {
        this.limit = settings.maxConnectionsPerAddress();
    }

    @Override
    public Admission admit(HandshakeRequest request) {
        InetAddress address = request.clientAddress();
        return tryCount(address) ? new Admission.Admitted(lease(address)) : refusal();
    }

    private boolean tryCount(InetAddress address) {
        boolean[] counted = new boolean[1];
        openSessions.compute(address, (key, open) -> {
            int before = open == null ? 0 : open;
            counted[0] = before < limit;
            return counted[0] ? Integer.valueOf(before + 1) : open;
        });
        return counted[0];
    }

    private Runnable lease(InetAddress address) {
        AtomicBoolean released = new AtomicBoolean();
        return () -> {
            if (released.compareAndSet(false, true)) {
                openSessions.computeIfPresent(address, (key, open) -> open == 1 ? null : Integer.valueOf(open - 1));
            }
        };
    }

    private Admission refusal() {
        return new Admission.Refused(
                TOO_MANY_REQUESTS,
                "connections_per_ip",
                "Too many connections from this address: at most " + limit + " may be open at a time",
                Optional.empty());
    }

    /** How many addresses are counted now. */
    int addresses() {
        return openSessions.size();
    }
}
