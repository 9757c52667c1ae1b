package app.realtime.engineio.websocket;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What a decoder has told, in words. */
final class Heard implements FrameDecoder.Listener {

    private final List<String> events = new ArrayList<>();

    /** The events of decoding these bytes in pieces of this size, and at last the violation, if there is one. */
    static List<String> of(byte[] bytes, int pieceSize, int maxMessageBytes) {
        Heard heard = new Heard();
        FrameDecoder decoder = new FrameDecoder(maxMessageBytes, heard);
        try {
            for (int at = 0; at < bytes.length; at += pieceSize) {
                decoder.decode(bytes, at, Math.min(pieceSize, bytes.length - at));
            }
        } catch (FrameException e) {
            heard.events.add(e.violation().name());
        }
        return heard.events;
    }

    @Override
    public void text(String message) {
        events.add("text " + message);
    }

    @Override
    public void binary(byte[] message) {
        events.add("binary " + HexFormat.of().formatHex(message));
    }

    @Override
    public void ping(byte[] data) {
        events.add("ping " + HexFormat.of().formatHex(data));
    }

    @Override
    public void close(int code) {
        events.add("close " + code);
    }
}
