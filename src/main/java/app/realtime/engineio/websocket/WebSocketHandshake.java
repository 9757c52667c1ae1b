package app.realtime.engineio.websocket;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;

/**
 * Whether a request is a websocket's opening handshake (RFC 6455, section 4.2.1). Checked before anything is set aside
 * for it: the container answers a malformed one by itself, without telling.
 */
public final class WebSocketHandshake {

    private static final int KEY_BYTES = 16;

    private WebSocketHandshake() {}

    /** Whether it asks for a websocket at all. */
    public static boolean isWanted(HttpServletRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    }

    public static boolean isValid(HttpServletRequest request) {
        return isWanted(request)
                && request.getMethod().equals("GET")
                && request.getProtocol().equals("HTTP/1.1")
                && hasToken(request, "Connection", "upgrade")
                && "13".equals(request.getHeader("Sec-WebSocket-Version"))
                && isKey(request.getHeader("Sec-WebSocket-Key"));
    }

    private static boolean hasToken(HttpServletRequest request, String header, String token) {
        return Collections.list(request.getHeaders(header)).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .anyMatch(value -> value.strip().equalsIgnoreCase(token));
    }

    private static boolean isKey(String key) {
        try {
            return key != null && Base64.getDecoder().decode(key.strip()).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
