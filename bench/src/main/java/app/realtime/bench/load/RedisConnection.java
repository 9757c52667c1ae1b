package app.realtime.bench.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One connection to Redis, as far as a benchmark needs it; waits for each answer. Used by one thread at a time. */
public final class RedisConnection implements AutoCloseable {

    private static final int CONNECT_MILLIS = 2000;
    private static final int READ_MILLIS = 10_000;

    private final Socket socket = new Socket();
    private final InputStream input;

    public RedisConnection(InetSocketAddress server) {
        try {
            socket.connect(server, CONNECT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(READ_MILLIS);
            input = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException("Could not reach Redis at " + server, e);
        }
    }

    /** Sends one command, and returns its answer: a line with its mark, or the text of a bulk string. */
    public String command(String... words) {
        try {
            send(encode(words));
            return answer();
        } catch (IOException e) {
            throw new UncheckedIOException("Redis did not answer " + words[0], e);
        }
    }

    /** Sends bytes that are commands already, and reads so many answers of one line each. */
    void exchange(byte[] commands, int answers) throws IOException {
        send(commands);
        for (int i = 0; i < answers; i++) {
            line();
        }
    }

    private void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** One command as Redis reads it. */
    static byte[] encode(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("*" + words.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (String word : words) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            out.writeBytes(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(bytes);
            out.writeBytes(new byte[] {'\r', '\n'});
        }
        return out.toByteArray();
    }

    private String answer() throws IOException {
        String line = line();
        if (line.startsWith("-")) {
            throw new IOException("Redis says " + line);
        }
        if (!line.startsWith("$")) {
            return line;
        }
        int length = Integer.parseInt(line.substring(1));
        byte[] text = input.readNBytes(length + 2);
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = input.read(); c != '\r'; c = input.read()) {
            if (c < 0) {
                throw new EOFException("Redis closed the connection");
            }
            line.append((char) c);
        }
        input.read();
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
