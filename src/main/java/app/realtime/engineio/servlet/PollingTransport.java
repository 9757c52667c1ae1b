package app.realtime.engineio.servlet;

import app.realtime.engineio.CloseReason;
import app.realtime.engineio.Transport;
import app.realtime.engineio.TransportName;
import app.realtime.engineio.protocol.Codec;
import app.realtime.engineio.protocol.Packet;
import app.realtime.engineio.protocol.Payload;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Long-polling: packets leave with the answer to the poll that waits.
 *
 * <p>Thread-safe: whoever takes the poll out of {@link #poll} answers it, and nobody else can.
 */
final class PollingTransport implements Transport {

    private final Codec codec;
    private final AtomicReference<AsyncContext> poll = new AtomicReference<>();
    private final AtomicBoolean receiving = new AtomicBoolean();
    private volatile boolean closed;
    private volatile Runnable onLost = () -> {};

    PollingTransport(Codec codec) {
        this.codec = codec;
    }

    @Override
    public TransportName name() {
        return TransportName.POLLING;
    }

    /** What to do when a client goes before it has taken an answer: what was in it has not arrived. */
    void onLost(Runnable action) {
        onLost = action;
    }

    /** Keeps the poll until there is something to answer; false if another one waits already. */
    boolean offerPoll(AsyncContext context) {
        if (!poll.compareAndSet(null, context)) {
            return false;
        }
        if (closed) {
            answerWith(new Packet.Noop());
        }
        return true;
    }

    /** Forgets a poll whose client has gone. True if it was the one that waited. */
    boolean dropPoll(AsyncContext context) {
        return poll.compareAndSet(context, null);
    }

    /** Claims the right to post a body; false while another body is on its way. */
    boolean beginReceiving() {
        return receiving.compareAndSet(false, true);
    }

    void endReceiving() {
        receiving.set(false);
    }

    @Override
    public boolean isWritable() {
        return poll.get() != null;
    }

    @Override
    public void write(List<Packet> packets) throws IOException {
        AsyncContext waiting = Optional.ofNullable(poll.getAndSet(null))
                .orElseThrow(() -> new IOException("the poll has been answered already"));
        Payload payload = codec.encodePayload(packets);
        AsyncAnswer.send(waiting, 200, payload.contentType(), payload.body(), failure -> onLost.run());
    }

    /** A poll that still waits is let go, so that the client does not wait for nothing. */
    @Override
    public void close(CloseReason reason) {
        closed = true;
        answerWith(reason == CloseReason.TRANSPORT_CLOSE ? new Packet.Noop() : new Packet.Close());
    }

    private void answerWith(Packet packet) {
        if (isWritable()) {
            try {
                write(List.of(packet));
            } catch (IOException e) {
                // Somebody else answered the poll first, or its client has gone: nothing is owed any more.
                closed = true;
            }
        }
    }
}
