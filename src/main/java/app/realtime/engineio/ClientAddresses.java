package app.realtime.engineio;

import java.net.InetAddress;
import java.util.List;

/** Tells where a client is when proxies stand before this server. Thread-safe; does not block. */
@FunctionalInterface
public interface ClientAddresses {

    /**
     * @param peer the other end of the connection
     * @param forwardedFor the values of {@code X-Forwarded-For}, in the order of the request
     */
    InetAddress resolve(InetAddress peer, List<String> forwardedFor);
}
