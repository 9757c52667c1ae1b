package app.realtime.engineio.servlet;

import app.realtime.engineio.ClientAddresses;
import app.realtime.engineio.HandshakeRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes the engine's view of a request out of the container's. */
final class Requests {

    private final ClientAddresses addresses;

    Requests(ClientAddresses addresses) {
        this.addresses = addresses;
    }

    HandshakeRequest handshake(HttpServletRequest request, Query query) {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(Collections.list(request.getHeaders(name))));
        }
        return new HandshakeRequest(
                addresses.resolve(peer(request), headers.getOrDefault("x-forwarded-for", List.of())),
                headers,
                query.parameters(),
                request.getRequestURI(),
                request.isSecure());
    }

    private static InetAddress peer(HttpServletRequest request) {
        try {
            // A literal address: nothing is looked up.
            return InetAddress.getByName(request.getRemoteAddr());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("The container gave a peer that is not an IP address", e);
        }
    }
}
