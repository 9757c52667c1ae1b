package app.realtime.fuzz;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Sends requests as bytes, one after the other, over a connection that it keeps while it can. For one thread. */
final class HttpConnection implements AutoCloseable {

    /** No HTTP, or none that is well formed. */
    static final class Malformed extends IOException {

        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    private static final int MOST_HEADER_BYTES = 65_536;

    private final int port;
    private Optional<Socket> socket = Optional.empty();
    private InputStream input = InputStream.nullInputStream();
    /** The last that came is that the request may go on; its answer is still to come. */
    private boolean continued;

    HttpConnection(int port) {
        this.port = port;
    }

    private HttpConnection(InputStream input) {
        this.port = 0;
        this.input = input;
    }

    /**
     * Sends a request and reads its answer.
     *
     * @param head whether the answer to it has no body, as that to HEAD
     * @param millis how long to wait
     * @return empty if there came no byte of an answer: the connection ended, or the time was over
     * @throws Malformed if what came is no answer
     */
    Optional<HttpAnswer> exchange(byte[] request, boolean head, int millis) throws Malformed {
        boolean reused = socket.isPresent();
        try {
            Optional<HttpAnswer> answer = attempt(request, head, millis);
            // A connection that was kept may have been ended meanwhile.
            return answer.isEmpty() && reused ? attempt(request, head, millis) : answer;
        } catch (SocketTimeoutException e) {
            // A late answer would be taken for that to another request.
            close();
            return Optional.empty();
        }
    }

    private Optional<HttpAnswer> attempt(byte[] request, boolean head, int millis)
            throws Malformed, SocketTimeoutException {
        int first;
        try {
            Socket open = open();
            open.setSoTimeout(millis);
            open.getOutputStream().write(request);
            first = input.read();
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            first = -1;
        }
        if (first < 0) {
            close();
            return Optional.empty();
        }
        try {
            HttpAnswer answer = read((char) first, head);
            if (answer.endsConnection()) {
                close();
            }
            return Optional.of(answer);
        } catch (Malformed e) {
            close();
            throw e;
        } catch (SocketTimeoutException e) {
            if (continued) {
                throw e;
            }
            close();
            throw new Malformed("half an answer");
        } catch (IOException e) {
            close();
            throw new Malformed("the answer broke off: " + e.getMessage());
        }
    }

    private Socket open() throws IOException {
        if (socket.isEmpty()) {
            Socket open = new Socket(InetAddress.getLoopbackAddress(), port);
            open.setTcpNoDelay(true);
            socket = Optional.of(open);
            input = new BufferedInputStream(open.getInputStream());
        }
        return socket.get();
    }

    /** Reads the answer that refuses or takes a websocket. */
    static HttpAnswer read(InputStream input) throws IOException {
        return new HttpConnection(input).read((char) input.read(), false);
    }

    private HttpAnswer read(char first, boolean head) throws IOException {
        String status = first + line();
        if (!status.matches("HTTP/1\\.[01] [1-5]\\d\\d( .*)?")) {
            throw new Malformed("status line \"" + status + '"');
        }
        int code = Integer.parseInt(status.substring(9, 12));
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1 || line.chars().anyMatch(c -> c < 0x20 && c != '\t')) {
                throw new Malformed("header \"" + line + '"');
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        continued = code == 100;
        if (continued) {
            return read((char) input.read(), head);
        }
        boolean empty = head || code == 204 || code == 304 || code == 101;
        return new HttpAnswer(code, headers, empty ? new byte[0] : body(headers));
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            while (true) {
                String size = line();
                if (!size.matches("[0-9a-fA-F]{1,7}")) {
                    throw new Malformed("chunk size \"" + size + '"');
                }
                int length = Integer.parseInt(size, 16);
                body.writeBytes(exactly(length));
                if (!line().isEmpty()) {
                    throw new Malformed("a chunk without an end");
                }
                if (length == 0) {
                    return body.toByteArray();
                }
            }
        }
        String length = headers.get("content-length");
        if (length == null) {
            close(headers);
            return input.readAllBytes();
        }
        return exactly(Integer.parseInt(length));
    }

    private static void close(Map<String, String> headers) throws Malformed {
        if (!"close".equalsIgnoreCase(headers.get("connection"))) {
            throw new Malformed("neither a length nor an end of the connection");
        }
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = input.readNBytes(length);
        if (bytes.length < length) {
            throw new Malformed("a body of " + bytes.length + " bytes instead of " + length);
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(64);
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0 || line.size() > MOST_HEADER_BYTES) {
                throw new Malformed("a line without an end: \"" + line.toString(StandardCharsets.ISO_8859_1) + '"');
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    @Override
    public void close() {
        try {
            if (socket.isPresent()) {
                socket.get().close();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } finally {
            socket = Optional.empty();
            input = InputStream.nullInputStream();
        }
    }
}
