package app.realtime.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A client that speaks websocket from the beginning. Owned by the loop's thread. */
final class WebSocketClient extends Client {

    private static final String HEADERS = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    /** Any mask but zero does the server the work of unmasking. */
    private static final byte[] MASK = {0x12, 0x34, 0x56, 0x78};

    private static final int TEXT = 0x1;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;

    private final Endpoint server;
    private boolean upgraded;

    WebSocketClient(Loop loop, Endpoint server, int number, Traffic traffic) throws IOException {
        super(loop, server, number, traffic);
        this.server = server;
    }

    @Override
    void opened() {
        send(ByteBuffer.wrap(server.request("GET", "/socket.io/?EIO=4&transport=websocket", HEADERS)));
    }

    @Override
    void received(ByteBuffer input) {
        if (!upgraded && !upgrade(input)) {
            return;
        }
        while (frame(input)) {
            // One after the other, as far as they have come.
        }
    }

    private boolean upgrade(ByteBuffer input) {
        int end = HttpAnswer.endOfHead(input);
        if (end < 0) {
            return false;
        }
        String head = text(input, input.position(), end);
        input.position(end);
        upgraded = head.startsWith("HTTP/1.1 101 ");
        if (!upgraded) {
            end("no upgrade: " + head.lines().findFirst().orElse(""));
        }
        return upgraded;
    }

    /** Takes one frame, if it is there in full. */
    private boolean frame(ByteBuffer input) {
        int start = input.position();
        if (input.remaining() < 2) {
            return false;
        }
        int header = 2;
        long length = input.get(start + 1) & 0x7F;
        if (length > 125) {
            header = length == 126 ? 4 : 10;
            if (input.remaining() < header) {
                return false;
            }
            length = length == 126 ? input.getShort(start + 2) & 0xFFFF : input.getLong(start + 2);
        }
        if (input.remaining() < header + length) {
            return false;
        }
        int from = start + header;
        int to = from + (int) length;
        input.position(to);
        frame(input.get(start), input, from, to);
        return true;
    }

    private void frame(int first, ByteBuffer input, int from, int to) {
        if ((first & 0xF0) != 0x80) {
            end("the server sent a frame with first byte " + (first & 0xFF));
            return;
        }
        switch (first & 0x0F) {
            case TEXT -> packet(input, from, to);
            case PING -> send(masked(PONG, bytes(input, from, to)));
            case CLOSE -> end("the server closed the websocket");
            default -> end("the server sent a frame of type " + (first & 0x0F));
        }
    }

    @Override
    public void send(byte[] packet) {
        send(masked(TEXT, packet));
    }

    @Override
    void goodbye() {
        send(masked(CLOSE, new byte[] {0x03, (byte) 0xE8}));
    }

    private static ByteBuffer masked(int type, byte[] payload) {
        if (payload.length > 125) {
            throw new IllegalArgumentException("Clients of the load generator send up to 125 bytes");
        }
        ByteBuffer frame = ByteBuffer.allocate(6 + payload.length);
        frame.put((byte) (0x80 | type)).put((byte) (0x80 | payload.length)).put(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ MASK[i & 3]));
        }
        return frame.flip();
    }

    private static byte[] bytes(ByteBuffer input, int from, int to) {
        byte[] bytes = new byte[to - from];
        input.get(from, bytes);
        return bytes;
    }
}
