package app.realtime.limits;

import app.realtime.engineio.HandshakeGate;
import app.realtime.engineio.HandshakeRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets each client address have so many open sessions and no more: on all instances together, as long as they can be counted,
 * else on each. Thread-safe; counts per address atomically, and tells the others of an address in the order of its counts.
 */
public final class ConnectionLimits implements HandshakeGate {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final CompletionStage<Boolean> WITHIN = CompletableFuture.completedStage(true);

    private final int limit;
    private final Optional<SharedCounts> shared;
    private final ConcurrentMap<InetAddress, Integer> openSessions = new ConcurrentHashMap<>();
    /** Addresses whose last count the others have not heard. */
    private final Set<InetAddress> untold = ConcurrentHashMap.newKeySet();

    /** @param shared what other instances count; empty if there are none */
    public ConnectionLimits(LimitSettings settings, Optional<SharedCounts> shared) {
        this.limit = settings.maxConnectionsPerAddress();
        this.shared = shared;
    }

    @Override
    public CompletionStage<Admission> admit(HandshakeRequest request) {
        InetAddress address = request.clientAddress();
        return count(address)
                .map(allowed -> allowed.thenApply(within -> {
                    Runnable lease = lease(address);
                    if (within) {
                        return (Admission) new Admission.Admitted(lease);
                    }
                    lease.run();
                    return refusal();
                }))
                .orElseGet(() -> CompletableFuture.completedStage(refusal()));
    }

    /** Empty if this instance has as many already; else whether all instances together are within the limit with this one. */
    private Optional<CompletionStage<Boolean>> count(InetAddress address) {
        List<CompletionStage<Boolean>> counted = new ArrayList<>(1);
        openSessions.compute(address, (key, open) -> {
            int before = open == null ? 0 : open;
            if (before >= limit) {
                return open;
            }
            int here = before + 1;
            counted.add(tell(address, here)
                    .map(asked -> asked.handle((elsewhere, away) -> away != null || here + elsewhere <= limit))
                    .orElse(WITHIN));
            return here;
        });
        return counted.stream().findFirst();
    }

    private Optional<CompletionStage<Integer>> tell(InetAddress address, int here) {
        return shared.map(counts -> counts.sessionsElsewhere(address, here).whenComplete((elsewhere, away) -> {
            if (away != null) {
                untold.add(address);
            }
        }));
    }

    private Runnable lease(InetAddress address) {
        AtomicBoolean released = new AtomicBoolean();
        return () -> {
            if (released.compareAndSet(false, true)) {
                openSessions.computeIfPresent(address, (key, open) -> {
                    tell(address, open - 1);
                    return open == 1 ? null : Integer.valueOf(open - 1);
                });
            }
        };
    }

    /** Tells the others again of all addresses: what keeps the counts may have lost them, or forgets them in time. */
    public void tellAgain() {
        untold.addAll(openSessions.keySet());
        tellUntold();
    }

    /** Tells the others what they have not heard. */
    public void tellUntold() {
        Set<InetAddress> addresses = new HashSet<>(untold);
        untold.removeAll(addresses);
        addresses.forEach(address -> openSessions.compute(address, (key, open) -> {
            tell(address, open == null ? 0 : open);
            return open;
        }));
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
