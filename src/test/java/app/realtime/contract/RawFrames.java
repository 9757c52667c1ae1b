package app.realtime.contract;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A websocket whose frames are written by hand (RFC 6455, section 5). For one thread. */
final class RawFrames implements AutoCloseable {

    static final int FINAL = 0x80;
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int CLOSE = 8;

    private static final int MASKED = 0x80;

    private final Socket socket;
    private final DataInputStream input;

    private RawFrames(Socket socket) throws IOException {
        this.socket = socket;
        this.input = new DataInputStream(socket.getInputStream());
        socket.setSoTimeout(10_000);
    }

    static RawFrames open(int port, String pathAndQuery) {
        return open(port, pathAndQuery, new byte[0]);
    }

    /** @param early frames that are sent with the request, in one write */
    static RawFrames open(int port, String pathAndQuery, byte[] early) {
        try {
            RawFrames frames = new RawFrames(new Socket(InetAddress.getLoopbackAddress(), port));
            byte[] request = ("GET " + pathAndQuery + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1);
            frames.write(ByteBuffer.allocate(request.length + early.length)
                    .put(request)
                    .put(early)
                    .array());
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                head.write(frames.input.readUnsignedByte());
            }
            if (RawHttp.status(head.toString(StandardCharsets.ISO_8859_1)) != 101) {
                throw new AssertionError("No websocket: " + head);
            }
            return frames;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws UncheckedIOException if the server has ended the connection */
    RawFrames send(int first, byte[] data) {
        sendRaw(frame(first, data));
        return this;
    }

    void sendRaw(byte[] bytes) {
        try {
            write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] frame(int first, byte[] data) {
        ByteBuffer frame = ByteBuffer.allocate(data.length + 14).put((byte) first);
        if (data.length < 126) {
            frame.put((byte) (MASKED | data.length));
        } else if (data.length < 65_536) {
            frame.put((byte) (MASKED | 126)).putShort((short) data.length);
        } else {
            frame.put((byte) (MASKED | 127)).putLong(data.length);
        }
        // A mask of zeros leaves the data as they are.
        frame.putInt(0).put(data).flip();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }

    private void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Reads the next frame's text. */
    String text() {
        try {
            int operation = input.readUnsignedByte() & 15;
            if (operation != TEXT) {
                throw new AssertionError("Not text, but a frame of kind " + operation);
            }
            int length = input.readUnsignedByte();
            return new String(
                    input.readNBytes(length == 126 ? input.readUnsignedShort() : length), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError("No text came", e);
        }
    }

    /** Reads until the close frame; its code, 1005 if it has none. */
    int closeCode() {
        try {
            while (true) {
                int operation = input.readUnsignedByte() & 15;
                int length = input.readUnsignedByte();
                byte[] data = input.readNBytes(
                        length == 126 ? input.readUnsignedShort() : length == 127 ? (int) input.readLong() : length);
                if (operation == CLOSE) {
                    return data.length < 2 ? 1005 : (data[0] & 0xff) << 8 | data[1] & 0xff;
                }
            }
        } catch (IOException e) {
            throw new AssertionError("No close frame came", e);
        }
    }

    /** Waits until the server has ended the connection in an orderly way. */
    void awaitEnd(Duration time) {
        try {
            socket.setSoTimeout((int) time.toMillis());
            if (input.read() >= 0) {
                throw new AssertionError("Something came where the end was expected");
            }
        } catch (IOException e) {
            throw new AssertionError("The connection was not ended", e);
        }
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
