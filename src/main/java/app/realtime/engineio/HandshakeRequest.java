package app.realtime.engineio;

import app.realtime.engineio.protocol.Revision;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The HTTP request that asks for a session. Immutable.
 *
 * @param clientAddress where the client is, as far as proxies are to be believed
 * @param headers names in lower case
 * @param query decoded parameters; the first value of each name
 * @param path the path of the request, without query
 * @param secure whether it came over TLS
 */
public record HandshakeRequest(
        InetAddress clientAddress,
        Map<String, List<String>> headers,
        Map<String, String> query,
        String path,
        boolean secure) {

    public HandshakeRequest {
        headers = Map.copyOf(headers);
        query = Map.copyOf(query);
    }

    /** The first value of a header. */
    public Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName)).map(values -> values.get(0));
    }

    /** The protocol's revision that the client speaks, by its {@code EIO} parameter; the newest if it names none. */
    public Revision revision() {
        return Revision.ofWireName(query.getOrDefault("EIO", "")).orElse(Revision.V4);
    }

    /** Whether the client cannot take bytes on the transport of this request, by its {@code b64} parameter. */
    public boolean wantsBase64() {
        return !query.getOrDefault("b64", "").isEmpty();
    }

    /** Without headers and query, which hold credentials. */
    @Override
    public String toString() {
        return "HandshakeRequest[clientAddress=" + clientAddress.getHostAddress() + ", path=" + path + ']';
    }
}
