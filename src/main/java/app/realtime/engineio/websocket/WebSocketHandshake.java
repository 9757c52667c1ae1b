package app.realtime.engineio.websocket;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Enumeration;

/**
 * Whether a request is a websocket's opening handshake (RFC 6455, section 4.2.1), and its answer. Checked before
 * anything is set aside for it.
 */
public final class WebSocketHandshake {

    private static final int KEY_BYTES = 16;
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

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

    /** The answer to a valid handshake's key. */
    static String accept(HttpServletRequest request) {
        String key = request.getHeader("Sec-WebSocket-Key").strip() + GUID;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(key.getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }

    private static boolean hasToken(HttpServletRequest request, String header, String token) {
        Enumeration<String> values = request.getHeaders(header);
        while (values.hasMoreElements()) {
            for (String value : values.nextElement().split(",")) {
                if (value.strip().equalsIgnoreCase(token)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isKey(String key) {
        try {
            return key != null && Base64.getDecoder().decode(key.strip()).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
