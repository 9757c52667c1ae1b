package app.realtime.bench.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/**
 * A server to put load on.
 *
 * @param address on a loopback interface: nobody else is ever put under load
 * @param keepsAlive whether it takes more than one request on a connection
 */
public record Endpoint(InetSocketAddress address, boolean keepsAlive) {

    private static final int SOURCES = 200;

    public Endpoint {
        if (!address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("Load goes to loopback addresses only, not to " + address);
        }
    }

    public static Endpoint local(int port) {
        return new Endpoint(new InetSocketAddress(loopback(127, 0, 0, 1), port), true);
    }

    public Endpoint withoutKeepAlive() {
        return new Endpoint(address, false);
    }

    /** Where the client of that number connects from: many addresses, for one has too few ports for all clients. */
    InetSocketAddress source(int client) {
        return new InetSocketAddress(loopback(127, 1, client / SOURCES % SOURCES + 1, client % SOURCES + 1), 0);
    }

    /** The head of a request, in HTTP/1.1. */
    byte[] request(String method, String target, String headers) {
        return (method + ' ' + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + address.getPort() + "\r\n" + headers + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static InetAddress loopback(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
