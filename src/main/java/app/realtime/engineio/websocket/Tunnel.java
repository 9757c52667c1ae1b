package app.realtime.engineio.websocket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A websocket whose session another instance owns: what comes by one connection goes out by the other, as it is, and is not read
 * faster than the other takes it. When one ends, so does the other.
 *
 * <p>Guarded by its own lock, and its ends with it; nothing waits under it.
 */
final class Tunnel {

    /** Until the owner has agreed. */
    static final Duration OPENING = Duration.ofSeconds(10);

    private static final Logger LOG = Logger.getLogger(Tunnel.class.getName());
    private static final int MAX_HEAD_BYTES = 8_192;
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SWITCHED = "HTTP/1.1 101 ".getBytes(StandardCharsets.US_ASCII);

    /** One of the two connections. All but its making is done under the tunnel's lock. */
    interface End {

        /** The tunnel has both of its ends now, so it may be told what happens to this one. */
        void joined() throws IOException;

        /**
         * Sends it, as soon as the peer takes it; the buffer is the caller's again.
         *
         * @throws IOException also if too much waits already
         */
        void send(ByteBuffer bytes) throws IOException;

        /** Whether it has not sent all yet; it tells the tunnel when it has. */
        boolean isSending();

        /** Whether what comes from the peer is wanted now. */
        void read(boolean wanted);

        /** Ends it at once; what has been sent still arrives. */
        void end();
    }

    private final Runnable refused;
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private End client;
    private End owner;
    /** How much of the end of the owner's head has just come. */
    private int endMatched;

    private boolean agreed;
    /** Whether one peer has ended, and only what it has sent is still to be passed on. */
    private boolean ending;

    private boolean closed;

    /** @param refused run if the owner does not agree */
    Tunnel(Runnable refused) {
        this.refused = refused;
    }

    /** @param toOwner to which the request is sent: its answer the client does not see, as it has had its own */
    synchronized void join(End toClient, End toOwner) throws IOException {
        client = toClient;
        owner = toOwner;
        client.joined();
        owner.joined();
    }

    /** Ends a tunnel that the owner has not agreed to. */
    synchronized void giveUp() {
        if (!agreed) {
            close();
        }
    }

    synchronized void close() {
        if (!closed) {
            closed = true;
            client.end();
            owner.end();
            if (!agreed) {
                refused.run();
            }
        }
    }

    /** Something has gone wrong with one of the connections. */
    void failed(Throwable failure) {
        LOG.log(Level.FINE, "A passed on websocket ends", failure);
        close();
    }

    /** An end has received something. */
    synchronized void received(End from, ByteBuffer bytes) throws IOException {
        if (closed) {
            return;
        }
        if (!agreed && from == owner) {
            agreed = agree(bytes);
            if (agreed && !owner.isSending()) {
                client.read(true);
            }
        }
        if (bytes.hasRemaining()) {
            End to = other(from);
            to.send(bytes);
            if (to.isSending()) {
                from.read(false);
            }
        }
    }

    /** An end has sent all that it had to send. */
    synchronized void sent(End by) {
        if (ending) {
            close();
        } else if (agreed && !closed) {
            other(by).read(true);
        }
    }

    /** The peer of an end has said that it sends nothing more. */
    synchronized void finished(End by) {
        if (closed) {
            return;
        }
        ending = true;
        by.read(false);
        if (!other(by).isSending()) {
            close();
        }
    }

    private End other(End end) {
        return end == client ? owner : client;
    }

    /** Whether the owner has agreed; what it has sent beyond its answer is already the client's. */
    private boolean agree(ByteBuffer received) throws IOException {
        while (received.hasRemaining() && endMatched < END_OF_HEAD.length) {
            byte next = received.get();
            answer.write(next);
            endMatched = next == END_OF_HEAD[endMatched] ? endMatched + 1 : next == END_OF_HEAD[0] ? 1 : 0;
            if (answer.size() > MAX_HEAD_BYTES) {
                throw new IOException("The owner's answer has no end");
            }
        }
        if (endMatched < END_OF_HEAD.length) {
            return false;
        }
        byte[] head = answer.toByteArray();
        for (int i = 0; i < SWITCHED.length; i++) {
            if (head[i] != SWITCHED[i]) {
                throw new IOException("The owner does not take the websocket");
            }
        }
        return true;
    }
}
