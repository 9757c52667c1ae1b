package app.realtime.limits;

import io.github.bucket4j.TimeMeter;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Limits how many messages clients send: per socket, and for all sockets of a client address together as many as if
 * each connection that it may have used its limit, on all instances together as long as they can be counted. Thread-safe: the registry of addresses is guarded by this object's
 * lock; counting messages does not take it.
 *
 * <p>An address is remembered for up to one window after its last socket is gone, so that coming back does not begin a
 * new limit, and is forgotten then.
 */
public final class MessageLimits {

    private final long perSocket;
    private final long perAddress;
    private final Duration window;
    private final TimeMeter time;
    private final Optional<SharedCounts> shared;

    private final Map<InetAddress, AddressUse> addresses = new HashMap<>();
    /** Addresses without sockets, the longest idle first, with the time at which they are forgotten. */
    private final Map<InetAddress, Long> idleUntil = new LinkedHashMap<>();

    /**
     * @param shared what other instances count; empty if there are none
     * @param nanoTime a clock that never goes back, such as {@link System#nanoTime()}
     */
    public MessageLimits(LimitSettings settings, Optional<SharedCounts> shared, LongSupplier nanoTime) {
        this.shared = shared;
        this.perSocket = settings.maxMessages();
        this.perAddress = (long) settings.maxMessages() * settings.maxConnectionsPerAddress();
        this.window = settings.window();
        this.time = new NanoTime(nanoTime);
    }

    /** Begins to count for a new socket; close the allowance when the socket is gone. */
    public SocketAllowance open(InetAddress address) {
        return new Allowance(address, register(address));
    }

    private synchronized AddressUse register(InetAddress address) {
        forgetIdle();
        idleUntil.remove(address);
        AddressUse use = addresses.computeIfAbsent(address, this::newUse);
        use.sockets++;
        return use;
    }

    private synchronized void unregister(InetAddress address) {
        forgetIdle();
        AddressUse use = addresses.get(address);
        use.sockets--;
        if (use.sockets == 0) {
            if (use.window.isUntouched()) {
                addresses.remove(address);
            } else {
                idleUntil.put(address, time.currentTimeNanos() + window.toNanos());
            }
        }
    }

    private void forgetIdle() {
        long now = time.currentTimeNanos();
        Iterator<Map.Entry<InetAddress, Long>> idle = idleUntil.entrySet().iterator();
        while (idle.hasNext()) {
            Map.Entry<InetAddress, Long> oldest = idle.next();
            if (oldest.getValue() > now) {
                return;
            }
            addresses.remove(oldest.getKey());
            idle.remove();
        }
    }

    /** How many addresses are remembered now. */
    synchronized int addresses() {
        return addresses.size();
    }

    private AddressUse newUse(InetAddress address) {
        return new AddressUse(
                newWindow(perAddress),
                shared.map(counts -> new SharedWindow(address, perAddress, window, counts, time::currentTimeNanos)));
    }

    private MessageWindow newWindow(long max) {
        return new MessageWindow(max, window, time);
    }

    /** One address; {@code sockets} is guarded by the registry's lock. */
    private static final class AddressUse {
        private final MessageWindow window;
        private final Optional<SharedWindow> everywhere;
        private int sockets;

        AddressUse(MessageWindow window, Optional<SharedWindow> everywhere) {
            this.window = window;
            this.everywhere = everywhere;
        }

        Optional<Duration> tryAcquire() {
            Optional<Duration> wait = window.tryAcquire();
            if (wait.isPresent() || everywhere.isEmpty()) {
                return wait;
            }
            wait = everywhere.get().tryAcquire();
            if (wait.isPresent()) {
                window.giveBack();
            }
            return wait;
        }
    }

    private final class Allowance implements SocketAllowance {
        private final InetAddress address;
        private final AddressUse ofAddress;
        private final MessageWindow ofSocket = newWindow(perSocket);
        private final AtomicBoolean closed = new AtomicBoolean();

        Allowance(InetAddress address, AddressUse ofAddress) {
            this.address = address;
            this.ofAddress = ofAddress;
        }

        @Override
        public Optional<Duration> tryAcquire() {
            // The socket first, so that one which floods does not use up what its neighbours may send.
            Optional<Duration> wait = ofSocket.tryAcquire();
            if (wait.isPresent()) {
                return wait;
            }
            wait = ofAddress.tryAcquire();
            if (wait.isPresent()) {
                ofSocket.giveBack();
            }
            return wait;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                unregister(address);
            }
        }
    }

    /** Counts from its own beginning: a bucket does not see its clock run over, as that of the system may. */
    private static final class NanoTime implements TimeMeter {
        private final LongSupplier source;
        private final long origin;

        NanoTime(LongSupplier source) {
            this.source = source;
            this.origin = source.getAsLong();
        }

        @Override
        public long currentTimeNanos() {
            return source.getAsLong() - origin;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
