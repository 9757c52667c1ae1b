package app.realtime.engineio.websocket;

import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What {@link WebConnection} does not offer, as Open Liberty 26.0.0.5 has it: the connection's socket, and its end at
 * once. This class, {@link LibertyInternals} and {@link LibertyTls} are the only ones that know Liberty; elsewhere, and where
 * Liberty changes, the container's own way is taken. Thread-safe.
 */
final class LibertyConnection {

    private static final Logger LOG = Logger.getLogger(LibertyConnection.class.getName());
    private static final String FAILURE = "closeUpgradeException";
    private static final AtomicBoolean TOLD = new AtomicBoolean();
    private static final AtomicBoolean TOLD_OF_TLS = new AtomicBoolean();

    /** One for all: nobody asks where it comes from. */
    private static final IOException CLOSED = new IOException("the websocket is closed") {
        private static final long serialVersionUID = 1;

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    };

    /** Those of the connections seen last; there is one class of them. */
    private static volatile Optional<LibertyInternals> internals = Optional.empty();

    private LibertyConnection() {}

    /**
     * Takes its socket away from the container, which believes that the connection has been closed, and forgets it with
     * all that it holds for it. To be called by {@code HttpUpgradeHandler.init}. Empty, and nothing has changed, if the
     * container is another, or encrypts what it sends.
     */
    static Optional<TakenSocket> take(WebConnection connection) {
        try {
            LibertyInternals known =
                    internals.filter(some -> some.fit(connection)).orElse(null);
            if (known == null) {
                known = LibertyInternals.of(connection);
                internals = Optional.of(known);
            }
            return known.take(connection, CLOSED);
        } catch (ReflectiveOperationException | RuntimeException e) {
            tellOnce(e);
            return Optional.empty();
        }
    }

    /** To be called before the streams of a connection are asked for that cannot be taken. */
    static void prepareStreams(WebConnection connection) {
        try {
            LibertyTls.keepWhole(connection);
        } catch (ReflectiveOperationException | RuntimeException e) {
            if (TOLD_OF_TLS.compareAndSet(false, true)) {
                LOG.log(
                        Level.WARNING,
                        "This version of Liberty is not known: messages on websockets by TLS may arrive incomplete. Let a proxy end TLS",
                        e);
            }
        }
    }

    /** Every later connection will say the same. */
    private static void tellOnce(Exception reason) {
        if (TOLD.compareAndSet(false, true)) {
            LOG.info(() ->
                    "Websockets go by the container's streams, so a write may wait for its client, and an open one"
                            + " takes more memory: the container does not give its sockets away, as with TLS ("
                            + reason.getMessage()
                            + ')');
        } else {
            LOG.log(Level.FINE, "The container does not give its sockets away", reason);
        }
    }

    /**
     * Closes it for good. {@link WebConnection#close} gives a connection that has not failed back to HTTP, which waits
     * half a minute for another request on it, while the peer waits for its end; only one that has failed is closed at
     * once. There is no other way to tell it than its own field.
     */
    static void disconnect(WebConnection connection) {
        markFailed(connection);
        try {
            connection.close();
        } catch (Exception e) {
            LOG.log(Level.FINE, "A connection did not close in an orderly way", e);
        }
    }

    private static void markFailed(WebConnection connection) {
        try {
            Field failure = connection.getClass().getDeclaredField(FAILURE);
            failure.setAccessible(true);
            failure.set(connection, CLOSED);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.FINE, "The container closes the connection in its own time", e);
        }
    }
}
