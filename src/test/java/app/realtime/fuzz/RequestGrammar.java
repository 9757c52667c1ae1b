package app.realtime.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** HTTP requests to the endpoint that are nearly right. For one thread. */
final class RequestGrammar {

    private static final List<String> METHODS = List.of(
            "GET", "GET", "GET", "GET", "POST", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "FOO");
    private static final List<String> PATHS = List.of(
            "/socket.io/",
            "/socket.io/",
            "/socket.io/",
            "/socket.io",
            "/socket.io//",
            "/socket.io/x",
            "/socket.io/../socket.io/",
            "/socket.io/;a=b",
            "/socket.io/socket.io.js/x",
            "/SOCKET.IO/");
    private static final List<String> NAMES = List.of("EIO", "transport", "sid", "j", "b64", "t", "", "EIO[]", "a");
    private static final List<String> VALUES = List.of(
            "3",
            "4",
            "5",
            "polling",
            "websocket",
            "webtransport",
            "constructor",
            "__proto__",
            "",
            "0",
            "%00",
            "%2e%2e%2f",
            "%F0%9F%98%80",
            "%ff%fe",
            "%25",
            "+",
            "1".repeat(200),
            "AAAAAAAAAAAAAAAAAAAAAAAA");
    private static final List<String> HEADERS = List.of(
            "Origin: http://localhost:3000",
            "Origin: null",
            "Origin: http://evil.example",
            "Origin: \u00ff\u00fe",
            "Upgrade: websocket",
            "Upgrade: h2c",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Version: 7",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Key: x",
            "Sec-WebSocket-Protocol: a, b",
            "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99",
            "Accept-Encoding: gzip;q=x, deflate;q=2, *",
            "Access-Control-Request-Method: POST",
            "Authorization: Bearer x.y.z",
            "Authorization: Basic \u00e4",
            "Authorization:",
            "Cookie: io=abc; JSESSIONID=1",
            "X-Forwarded-For: 1.2.3.4, ::1, nonsense",
            "X-Forwarded-Proto: ftp",
            "Content-Type: application/octet-stream",
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Type: multipart/form-data; boundary=x",
            "Content-Type: text/plain; charset=nothing",
            "Expect: 100-continue",
            "If-None-Match: *",
            "Range: bytes=0-5");

    private final Chance chance;
    private final Corpus corpus;
    private final Mutator mutator;

    RequestGrammar(Chance chance, Corpus corpus) {
        this.chance = chance;
        this.corpus = corpus;
        this.mutator = new Mutator(chance);
    }

    /** A request with its method, because the answer to HEAD has no body. */
    record Request(byte[] bytes, boolean head) {}

    /** A right request of a session. @param body empty for a poll */
    static byte[] ofSession(String method, int revision, String sid, String contentType, byte[] body) {
        String request = method + " /socket.io/?EIO=" + revision + "&transport=polling&sid=" + sid
                + " HTTP/1.1\r\nHost: localhost\r\n"
                + (method.equals("POST")
                        ? "Content-Type: " + contentType + "\r\nContent-Length: " + body.length + "\r\n"
                        : "")
                + "\r\n";
        return joined(request, body);
    }

    static byte[] handshake(int revision, boolean base64) {
        return joined(
                "GET /socket.io/?EIO=" + revision + "&transport=polling" + (base64 ? "&b64=1" : "")
                        + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
                new byte[0]);
    }

    /** @param sid of a session that may be used */
    Request request(String sid) {
        String method = chance.oneIn(30) ? "M" + chance.below(1_000_000) : chance.of(METHODS);
        byte[] body = method.equals("POST") || chance.percent(5) ? corpus.body(chance.between(3, 4)) : new byte[0];
        StringBuilder head = new StringBuilder()
                .append(method)
                .append(' ')
                .append(chance.of(PATHS))
                .append(query(sid))
                .append(" HTTP/1.1\r\nHost: localhost\r\n");
        for (int i = chance.percent(50) ? chance.between(1, 4) : 0; i > 0; i--) {
            head.append(chance.of(HEADERS)).append("\r\n");
        }
        if (chance.percent(3)) {
            head.append("X-Noise: ").append("n".repeat(chance.below(9_000))).append("\r\n");
        }
        if (body.length > 0 || method.equals("POST")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        return new Request(joined(head.append("\r\n").toString(), body), method.equals("HEAD"));
    }

    private String query(String sid) {
        if (chance.percent(5)) {
            return "";
        }
        StringBuilder query = new StringBuilder("?");
        if (chance.percent(70)) {
            query.append("EIO=").append(chance.between(3, 4));
        }
        if (chance.percent(70)) {
            query.append("&transport=").append(chance.percent(70) ? "polling" : "websocket");
        }
        if (chance.percent(40)) {
            query.append("&sid=").append(chance.percent(60) ? sid : mutated(sid));
        }
        for (int i = chance.below(3); i > 0; i--) {
            query.append('&')
                    .append(chance.of(NAMES))
                    .append(chance.percent(90) ? "=" : "")
                    .append(chance.of(VALUES));
        }
        return chance.percent(15) ? mutated(query.toString()) : query.toString();
    }

    /** Without what would end the request line. */
    private String mutated(String text) {
        String mutated =
                new String(mutator.mutate(text.getBytes(StandardCharsets.ISO_8859_1)), StandardCharsets.ISO_8859_1);
        return mutated.replaceAll("[\\x00-\\x20\\x7f]", "%20");
    }

    private static byte[] joined(String head, byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }
}
