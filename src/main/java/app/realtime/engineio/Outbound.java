package app.realtime.engineio;

import app.realtime.engineio.protocol.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What waits for one client, and the transport by which it leaves: at most one thread writes at a time, and takes all
 * that waits. Guarded by its session's lock, which is not held during a write.
 */
final class Outbound {

    /**
     * What the thread that writes is to do now.
     *
     * @param left a transport that could not be left while it was written to
     * @param write empty if there is nothing more to do
     */
    record Turn(Optional<Transport> left, Optional<Write> write) {

        /** Whether whoever takes it may have to wait for the client. */
        boolean mayWait() {
            return write.isPresent() && write.get().transport().mayWait();
        }
    }

    /**
     * @param batch empty if the session only has to be ended
     * @param last whether the session ends after this
     */
    record Write(Transport transport, Optional<Batch> batch, boolean last) {}

    /**
     * The most that is written at once where messages need not leave together, so that a large queue is no large write,
     * of which nobody could tell whether the client takes it.
     */
    private static final int WRITE_BYTES = 64 * 1024;

    private final OutboundQueue queue;
    private final StallWatch stall;
    private Transport transport;
    private boolean writing;
    /** How many writes have ended. */
    private long written;

    private boolean noopDue;
    private boolean closing;
    private int held;
    private Optional<Transport> leaving = Optional.empty();
    /** The websocket to which a probe's answer is being written, and so nothing else, even if it has taken over. */
    private Optional<Transport> answering = Optional.empty();

    Outbound(OutboundQueue queue, StallWatch stall, Transport transport) {
        this.queue = queue;
        this.stall = stall;
        this.transport = transport;
    }

    Transport transport() {
        return transport;
    }

    int size() {
        return queue.size();
    }

    /** About how many bytes wait. */
    long bytes() {
        return queue.bytes();
    }

    /** @return the limit that left no room for them */
    Optional<OutboundLimit> offer(List<Packet> packets, SendOptions options) {
        return queue.offer(packets, options);
    }

    /** Drops what waits and may be dropped; false if there is nothing such. */
    boolean drop() {
        return queue.drop();
    }

    /**
     * Whether the client has taken nothing for too long, though messages waited for it. A client that does not poll
     * takes nothing.
     */
    boolean isStalled(long now) {
        return stall.isOver(now, isWaiting(), written + transport.taken());
    }

    /** Whether something waits for the client, or is on its way to it. */
    boolean isWaiting() {
        boolean underWay = writing || (transport.name() == TransportName.WEBSOCKET && !transport.isWritable());
        return underWay || queue.hasMessages();
    }

    /** Whether a packet would leave at once. */
    boolean isIdle() {
        return !writing && queue.isEmpty() && transport.isWritable();
    }

    /** A poll that waits is to be answered, even if there is nothing to say. */
    void letGoOfPoll() {
        noopDue |= transport.isWritable();
    }

    /** Nothing leaves until it is {@linkplain #release released} as often. */
    void hold() {
        held++;
    }

    void release() {
        held--;
    }

    /** From now on nothing is queued any more, and the session ends when all has been written. */
    void close() {
        closing = true;
    }

    /** Forgets what waits. The transports that are to be closed. */
    List<Transport> end() {
        queue.clear();
        List<Transport> all = new ArrayList<>(2);
        all.add(transport);
        leaving.ifPresent(all::add);
        leaving = Optional.empty();
        return all;
    }

    /** Writes to this websocket wait until {@link #answered}. */
    void answering(Transport candidate) {
        answering = Optional.of(candidate);
    }

    void answered(Transport candidate) {
        if (isAnswering(candidate)) {
            answering = Optional.empty();
        }
    }

    private boolean isAnswering(Transport candidate) {
        return answering.isPresent() && answering.get() == candidate;
    }

    /** How to leave the old transport now; one that is being written to is left afterwards. */
    Optional<Runnable> switchTo(Transport next) {
        Transport previous = transport;
        boolean noopOwed = noopDue;
        transport = next;
        noopDue = false;
        if (writing) {
            leaving = Optional.of(previous);
            return Optional.empty();
        }
        return Optional.of(() -> previous.leave(noopOwed));
    }

    /** Whether the caller is now the one who writes, and takes its turns with {@link #next}. */
    boolean claim() {
        boolean something = !queue.isEmpty() || noopDue || closing;
        if (writing || held > 0 || !something || isAnswering(transport) || !transport.isWritable()) {
            return false;
        }
        writing = true;
        return true;
    }

    /** For the one who writes: what to do next. One who is given no write does not write any more. */
    Turn next(boolean ended) {
        if (writing) {
            writing = false;
            written++;
        }
        Optional<Transport> left = leaving;
        leaving = Optional.empty();
        return new Turn(left, !ended && claim() ? Optional.of(write()) : Optional.empty());
    }

    private Write write() {
        boolean polling = transport.name() == TransportName.POLLING;
        noopDue = false;
        if (!queue.isEmpty()) {
            Batch batch = polling ? queue.takeAll() : queue.take(WRITE_BYTES);
            // A polling client would drop the messages that stand before a close packet in the same payload.
            return new Write(transport, Optional.of(batch), closing && queue.isEmpty() && !polling);
        }
        Packet filler = closing ? new Packet.Close() : new Packet.Noop();
        return new Write(transport, polling ? Optional.of(Batch.of(filler)) : Optional.empty(), closing);
    }
}
