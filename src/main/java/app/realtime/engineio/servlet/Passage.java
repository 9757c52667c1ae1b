package app.realtime.engineio.servlet;

import app.realtime.engineio.TransportName;
import app.realtime.engineio.servlet.SessionOwners.Owner;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a request goes from one instance to another. Of the address that the client has asked for it has what matters to a
 * session, and nothing else; the session's id, which must not show in an address, is a header.
 */
record Passage(Owner owner, String sessionId, TransportName transport, boolean base64) {

    static final String SESSION_HEADER = "Websocket-Service-Session";
    static final String KEY_HEADER = "Websocket-Service-Key";
    static final String PATH = "/internal/engine.io";

    /** The host by which Liberty tells these requests from those for health and metrics (server.xml). */
    private static final String HOST = "instance.websocket-service.internal";

    private static final String CREDENTIALS = "Authorization";
    private static final List<String> PASSED_ON = List.of("Accept-Encoding", CREDENTIALS, "Content-Type");
    private static final Pattern PRINTABLE = Pattern.compile("[ -~]*");

    /** Whose credentials cannot be passed on must not seem to have none. */
    static boolean takesCredentialsOf(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader(CREDENTIALS))
                .map(Passage::isPrintable)
                .orElse(true);
    }

    private static boolean isPrintable(String header) {
        return PRINTABLE.matcher(header).matches();
    }

    /** A poll, or a body, as yet without method and body. */
    HttpRequest.Builder request(HttpServletRequest request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(uri())
                .setHeader("Host", host())
                .setHeader(KEY_HEADER, owner.key())
                .setHeader(SESSION_HEADER, sessionId);
        for (String name : PASSED_ON) {
            Optional.ofNullable(request.getHeader(name))
                    .filter(Passage::isPrintable)
                    .ifPresent(value -> builder.setHeader(name, value));
        }
        return builder;
    }

    /** The same opening handshake (RFC 6455, section 4.1), so that the answer fits the client's key. */
    byte[] handshake(HttpServletRequest request) {
        StringBuilder head = new StringBuilder("GET " + target() + " HTTP/1.1\r\n")
                .append("Host: " + host() + "\r\n")
                .append("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n")
                .append("Sec-WebSocket-Key: " + request.getHeader("Sec-WebSocket-Key") + "\r\n")
                .append(KEY_HEADER + ": " + owner.key() + "\r\n")
                .append(SESSION_HEADER + ": " + sessionId + "\r\n");
        Optional.ofNullable(request.getHeader(CREDENTIALS))
                .ifPresent(value -> head.append(CREDENTIALS + ": " + value + "\r\n"));
        return head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private String target() {
        return PATH + "?transport=" + transport.wireName() + (base64 ? "&b64=1" : "");
    }

    private String host() {
        return HOST + ':' + owner.address().getPort();
    }

    private URI uri() {
        String address = owner.address().getAddress().getHostAddress();
        String literal = address.indexOf(':') < 0 ? address : '[' + address + ']';
        return URI.create("http://" + literal + ':' + owner.address().getPort() + target());
    }

    /** Without the key and the session's id. */
    @Override
    public String toString() {
        return "Passage[" + owner + ", " + transport + ']';
    }
}
