package app.realtime.engineio.websocket;

import app.realtime.engineio.CloseReason;
import app.realtime.engineio.Transport;
import app.realtime.engineio.TransportName;
import app.realtime.engineio.protocol.Codec;
import app.realtime.engineio.protocol.Packet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A websocket. Writes wait for the peer: on this container that costs half of an asynchronous send.
 *
 * <p>Thread-safe: {@link #writing} keeps sends apart, because overlapping sends are forbidden by the Jakarta WebSocket
 * specification (2.2, section 2.3) and get lost on Liberty.
 */
final class WebSocketTransport implements Transport {

    private static final Logger LOG = Logger.getLogger(WebSocketTransport.class.getName());

    private final jakarta.websocket.Session socket;
    private final Codec codec;
    private final ReentrantLock writing = new ReentrantLock();

    WebSocketTransport(jakarta.websocket.Session socket, Codec codec) {
        this.socket = socket;
        this.codec = codec;
    }

    @Override
    public TransportName name() {
        return TransportName.WEBSOCKET;
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public void write(List<Packet> packets) throws IOException {
        writing.lock();
        try {
            for (Packet packet : packets) {
                if (packet instanceof Packet.Binary binary) {
                    socket.getBasicRemote().sendBinary(ByteBuffer.wrap(binary.data()));
                } else {
                    socket.getBasicRemote().sendText(codec.encode(packet));
                }
            }
        } catch (RuntimeException e) {
            // The container reports a socket that is closed, or being closed, in several unchecked ways.
            throw new IOException("the websocket is closed", e);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close(CloseReason reason) {
        try {
            socket.close(
                    new jakarta.websocket.CloseReason(jakarta.websocket.CloseReason.CloseCodes.NORMAL_CLOSURE, ""));
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.FINE, "A websocket was closed already", e);
        }
    }
}
