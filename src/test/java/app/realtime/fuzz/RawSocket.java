package app.realtime.fuzz;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** A websocket that sends any bytes, and reads frames strictly (RFC 6455). For one thread. */
final class RawSocket implements AutoCloseable {

    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PONG = 10;
    private static final Set<Integer> CODES = Set.of(1000, 1001, 1002, 1003, 1007, 1008, 1009);

    private final Socket socket;
    private final DataInputStream input;
    private boolean over;

    private RawSocket(Socket socket, DataInputStream input) {
        this.socket = socket;
        this.input = input;
    }

    /** What became of a handshake: a websocket, or an answer that refuses it. */
    record Opening(Optional<RawSocket> socket, Optional<HttpAnswer> refusal) {}

    static Opening open(int port, String query) throws IOException {
        byte[] request = ("GET /socket.io/" + query + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                        + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        DataInputStream input = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        socket.getOutputStream().write(request);
        HttpAnswer answer = HttpConnection.read(input);
        if (answer.status() != 101) {
            socket.close();
            return new Opening(Optional.empty(), Optional.of(answer));
        }
        if (!answer.header("sec-websocket-accept").equals(Optional.of("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))) {
            throw new HttpConnection.Malformed("a wrong Sec-WebSocket-Accept");
        }
        return new Opening(Optional.of(new RawSocket(socket, input)), Optional.empty());
    }

    boolean isOver() {
        return over;
    }

    void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            over = true;
        }
    }

    /**
     * Reads until a pong comes, the connection ends or the time is over.
     *
     * @return false if the time was over
     * @throws HttpConnection.Malformed if the server breaks the protocol
     */
    boolean readToPong(int millis) throws HttpConnection.Malformed {
        try {
            socket.setSoTimeout(millis);
            while (!over) {
                if (read() == PONG) {
                    return true;
                }
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (HttpConnection.Malformed e) {
            throw e;
        } catch (IOException e) {
            // The connection broke, as it may after what was sent.
            over = true;
            return true;
        }
    }

    private int read() throws IOException {
        int first = input.read();
        if (first < 0) {
            over = true;
            return CLOSE;
        }
        int operation = first & 15;
        int length = input.readUnsignedByte();
        if ((first & 0x80) == 0 || (first & 0x70) != 0 || length > 127) {
            throw new HttpConnection.Malformed("a frame that begins with " + first + ", " + length);
        }
        long size = length == 126 ? input.readUnsignedShort() : length == 127 ? input.readLong() : length;
        if (size < 0 || size > 10_000_000) {
            throw new HttpConnection.Malformed("a frame of " + size + " bytes");
        }
        byte[] data = input.readNBytes((int) size);
        if (data.length < size) {
            throw new EOFException();
        }
        check(operation, data);
        return operation;
    }

    private void check(int operation, byte[] data) throws HttpConnection.Malformed {
        switch (operation) {
            case TEXT -> {
                String text = utf8(data);
                if (text.isEmpty() || text.charAt(0) < '0' || (text.charAt(0) > '6' && text.charAt(0) != 'b')) {
                    throw new HttpConnection.Malformed("a text that is no packet: " + text);
                }
            }
            case CLOSE -> {
                over = true;
                if (data.length == 1 || (data.length >= 2 && !mayCloseWith((data[0] & 0xff) << 8 | data[1] & 0xff))) {
                    throw new HttpConnection.Malformed("a close frame " + Arrays.toString(data));
                }
            }
            case BINARY, PONG -> {}
            default -> throw new HttpConnection.Malformed("an operation " + operation);
        }
    }

    /** Codes from 3000 on are the client's own, returned. */
    private static boolean mayCloseWith(int code) {
        return CODES.contains(code) || code >= 3000;
    }

    private static String utf8(byte[] data) throws HttpConnection.Malformed {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(data))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new HttpConnection.Malformed("a text that is not UTF-8");
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
