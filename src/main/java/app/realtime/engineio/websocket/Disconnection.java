package app.realtime.engineio.websocket;

import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Closes a connection for good. On Liberty 26.0.0.5 {@link WebConnection#close} gives one that has not failed back to HTTP,
 * which waits half a minute for another request on it, while the peer waits for its end; only one that has failed is
 * closed at once. There is no other way to tell it than its own field. Where there is no such field, the container's way
 * is taken. Has no state.
 */
final class Disconnection {

    private static final Logger LOG = Logger.getLogger(Disconnection.class.getName());
    private static final String FAILURE = "closeUpgradeException";

    private Disconnection() {}

    static void of(WebConnection connection) {
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
            failure.set(connection, new IOException("the websocket is closed"));
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.FINE, "The container closes the connection in its own time", e);
        }
    }
}
