package app.realtime.engineio.servlet;

import java.net.InetSocketAddress;
import java.util.Optional;

/** Which other instance owns a session, and how requests get there. Thread-safe, does not block. */
@FunctionalInterface
public interface SessionOwners {

    /** Empty if none that is there now does. */
    Optional<Owner> ownerOf(String sessionId);

    /**
     * Another instance.
     *
     * @param address its management port
     * @param key what it wants to be shown; secret
     */
    record Owner(InetSocketAddress address, String key) {

        @Override
        public String toString() {
            return "Owner[" + address + ']';
        }
    }
}
