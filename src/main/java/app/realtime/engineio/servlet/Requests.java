package app.realtime.engineio.servlet;

import app.realtime.engineio.ClientAddresses;
import app.realtime.engineio.HandshakeRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Makes the engine's view of a request out of the container's. Thread-safe. */
final class Requests {

    /** Headers whose values are secret, or never come twice. */
    private static final Set<String> UNSHARED =
            Set.of("authorization", "cookie", "proxy-authorization", "sec-websocket-key", "x-api-key");

    private final ClientAddresses addresses;
    private final SharedTexts texts = new SharedTexts();

    Requests(ClientAddresses addresses) {
        this.addresses = addresses;
    }

    HandshakeRequest handshake(HttpServletRequest request, Query query) {
        Map<String, List<String>> headers = new HashMap<>();
        Enumeration<String> names = request.getHeaderNames();
        while (names.hasMoreElements()) {
            String name = names.nextElement();
            String lowerCaseName = texts.share(name.toLowerCase(Locale.ROOT));
            headers.put(lowerCaseName, values(request.getHeaders(name), !UNSHARED.contains(lowerCaseName)));
        }
        return new HandshakeRequest(
                addresses.resolve(peer(request), headers.getOrDefault("x-forwarded-for", List.of())),
                headers,
                query.parameters(),
                texts.share(request.getRequestURI()),
                request.isSecure());
    }

    private List<String> values(Enumeration<String> values, boolean shared) {
        List<String> all = new ArrayList<>(1);
        while (values.hasMoreElements()) {
            String value = values.nextElement();
            all.add(shared ? texts.share(value) : value);
        }
        return List.copyOf(all);
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
