package app.realtime.socketio;

import java.time.Duration;

/**
 * The bounds of a server.
 *
 * @param connectTimeout how long a session may live without being connected to any namespace
 * @param maxConnects how often one session may ask to be connected: each time costs the check of its credentials
 * @param maxDynamicNamespaces how many namespaces may exist at a time because clients asked for them
 */
public record SocketOptions(Duration connectTimeout, int maxConnects, int maxDynamicNamespaces) {

    /** The time-out of the reference server, which has no other bounds. */
    public static final SocketOptions DEFAULTS = new SocketOptions(Duration.ofSeconds(45), 100, 1000);

    /** @throws IllegalArgumentException if a bound is not positive */
    public SocketOptions {
        if (connectTimeout.isNegative() || connectTimeout.isZero() || maxConnects < 1 || maxDynamicNamespaces < 1) {
            throw new IllegalArgumentException("Bounds are positive");
        }
    }

    public SocketOptions withConnectTimeout(Duration timeout) {
        return new SocketOptions(timeout, maxConnects, maxDynamicNamespaces);
    }

    public SocketOptions withMaxDynamicNamespaces(int max) {
        return new SocketOptions(connectTimeout, maxConnects, max);
    }
}
