package app.realtime.engineio.servlet;

import app.realtime.engineio.Batch;
import app.realtime.engineio.CloseReason;
import app.realtime.engineio.Transport;
import app.realtime.engineio.TransportName;
import app.realtime.engineio.protocol.Codec;
import app.realtime.engineio.protocol.Packet;
import app.realtime.engineio.protocol.Payload;
import app.realtime.engineio.protocol.ProtocolException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Long-polling: packets leave with the answer to the poll that waits.
 *
 * <p>Thread-safe: whoever takes the poll out of {@link #poll} answers it, and nobody else can.
 */
final class PollingTransport implements Transport {

    private static final Logger LOG = Logger.getLogger(PollingTransport.class.getName());

    private final Codec codec;
    private final int compressionThreshold;
    private final AtomicReference<Poll> poll = new AtomicReference<>();
    private final AtomicBoolean receiving = new AtomicBoolean();
    private volatile boolean closed;
    private volatile Runnable onLost = () -> {};

    /** @param compressionThreshold in bytes of the answer's body */
    PollingTransport(Codec codec, int compressionThreshold) {
        this.codec = codec;
        this.compressionThreshold = compressionThreshold;
    }

    @Override
    public TransportName name() {
        return TransportName.POLLING;
    }

    /** What to do when a client goes before it has taken an answer: what was in it has not arrived. */
    void onLost(Runnable action) {
        onLost = action;
    }

    /** A client has gone before it had taken an answer. */
    void lost() {
        onLost.run();
    }

    /** Keeps the poll until there is something to answer; false if another one waits already. */
    boolean offerPoll(Poll offered) {
        if (!poll.compareAndSet(null, offered)) {
            return false;
        }
        if (closed) {
            answerWith(new Packet.Noop());
        }
        return true;
    }

    /** Forgets a poll whose client has gone. True if it was the one that waited. */
    boolean dropPoll(Poll gone) {
        return poll.compareAndSet(gone, null);
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
    public boolean mayWait() {
        return false;
    }

    @Override
    public void write(Batch batch) throws IOException {
        Poll waiting = Optional.ofNullable(poll.getAndSet(null))
                .orElseThrow(() -> new IOException("the poll has been answered already"));
        Payload payload = codec.encodePayload(batch.packets());
        Optional<ContentCoding> coding =
                batch.compress() && payload.body().length >= compressionThreshold ? waiting.coding() : Optional.empty();
        byte[] body = coding.isPresent() ? coding.get().compress(payload.body()) : payload.body();
        waiting.answer(new Answer(200, payload.contentType(), body, coding));
    }

    /** The packets of a body that the client has posted. */
    List<Packet> read(byte[] body, String contentType) throws ProtocolException {
        return codec.decodePayload(body, "application/octet-stream".equals(contentType));
    }

    /** A poll that has come since the move began should not have: it is for a transport that is not in use any more. */
    @Override
    public void leave(boolean noopOwed) {
        if (noopOwed) {
            close(CloseReason.TRANSPORT_CLOSE);
            return;
        }
        closed = true;
        Poll late = poll.getAndSet(null);
        if (late != null) {
            refuse(late);
        }
    }

    private static void refuse(Poll late) {
        try {
            late.answer(Answer.of(HandshakeError.BAD_REQUEST));
        } catch (IOException e) {
            LOG.log(Level.FINE, "A client went away before it had its answer", e);
        }
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
                write(new Batch(List.of(packet), false));
            } catch (IOException e) {
                // Somebody else answered the poll first, or its client has gone: nothing is owed any more.
                closed = true;
            }
        }
    }
}
