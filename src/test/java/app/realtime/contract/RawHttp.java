package app.realtime.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** HTTP over a plain connection, for what a well-behaved client does not send. */
public final class RawHttp {

    private RawHttp() {}

    /**
     * Sends a GET request from an address of this machine.
     *
     * @param from such as {@code 127.0.0.2}
     * @param headers complete lines, Host included
     * @return the whole answer, status line first
     */
    public static String get(int port, String from, String path, String... headers) {
        return exchange(
                port,
                from,
                "GET " + path + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n");
    }

    /** Sends a text as it is, and reads what comes until the peer ends the connection. */
    static String exchange(int port, String from, String request) {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            socket.setSoTimeout(20_000);
            socket.connect(new InetSocketAddress("127.0.0.1", port), 10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "No answer to " + request.lines().limit(2).toList(), e);
        }
    }

    /** The status of an answer. */
    static int status(String answer) {
        return Integer.parseInt(answer.substring(9, 12));
    }
}
