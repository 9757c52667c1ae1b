package app.realtime.browser;

import java.net.URI;
import java.util.Set;

/**
 * Which hosts the browser finds. Pages are written for the well-known addresses; what answers there in a test listens on
 * a free port. Everything but this machine does not exist.
 */
final class Hosts {

    /** Where the examples look for the service. */
    static final String SERVICE = "http://localhost:3002";
    /** A web page's own server, of another origin than the service, but one that may use it by default. */
    static final String WEB_APP = "http://localhost:3000";

    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1");

    private Hosts() {}

    /** The browser's own rules; the first that fits is taken. */
    static String rules(int servicePort, int webAppPort) {
        return String.join(
                ", ",
                "MAP localhost:3002 127.0.0.1:" + servicePort,
                "MAP localhost:3000 127.0.0.1:" + webAppPort,
                "MAP localhost 127.0.0.1",
                "MAP 127.0.0.1 127.0.0.1",
                "MAP * ~NOTFOUND");
    }

    /** Whether the address leads to another machine. */
    static boolean isForeign(String url) {
        String host = URI.create(url).getHost();
        return host != null && !LOCAL.contains(host);
    }
}
