package app.realtime.engineio.websocket;

import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The two things that {@link WebConnection} does not offer, as Open Liberty 26.0.0.5 has them: the connection's socket,
 * and its end at once. The only class that knows Liberty; elsewhere, and where Liberty changes, the container's own way is
 * taken. Has no state.
 */
final class LibertyConnection {

    private static final Logger LOG = Logger.getLogger(LibertyConnection.class.getName());
    private static final String PLAIN_TCP = "com.ibm.ws.tcpchannel.internal.TCPConnLink";
    private static final String FAILURE = "closeUpgradeException";

    /** One for all: nobody asks where it comes from. */
    private static final IOException CLOSED = new IOException("the websocket is closed") {
        private static final long serialVersionUID = 1;

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    };

    private LibertyConnection() {}

    /** Its socket, to write to without waiting; empty if the container is another, or encrypts what it sends. */
    static Optional<SocketChannel> channel(WebConnection connection) {
        try {
            Object link = call(connection, "getTCPConnectionContext");
            if (!link.getClass().getName().equals(PLAIN_TCP)) {
                return Optional.empty();
            }
            Socket socket = (Socket) call(call(link, "getSocketIOChannel"), "getSocket");
            return Optional.ofNullable(socket.getChannel()).filter(channel -> !channel.isBlocking());
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.FINE, "The container does not give its sockets away", e);
            return Optional.empty();
        }
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        return target.getClass().getMethod(method).invoke(target);
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
