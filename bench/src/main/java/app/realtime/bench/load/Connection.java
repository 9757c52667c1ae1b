package app.realtime.bench.load;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** One TCP connection of the load generator. Owned by the loop's thread. */
abstract class Connection {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Loop loop;
    private final Endpoint server;
    private final int number;
    private SocketChannel channel;
    private SelectionKey key;
    private boolean over;
    /** The beginning of something that has not come in full. */
    private ByteBuffer carry = NOTHING;

    private ByteBuffer unsent = NOTHING;

    Connection(Loop loop, Endpoint server, int number) throws IOException {
        this.loop = loop;
        this.server = server;
        this.number = number;
        connect();
    }

    private void connect() throws IOException {
        carry = NOTHING;
        channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.bind(server.source(number));
        channel.connect(server.address());
        key = loop.register(channel, SelectionKey.OP_CONNECT, this);
    }

    /** Lets the server's end of this connection be no end of the client's. */
    final void disconnect() {
        try {
            channel.close();
        } catch (IOException e) {
            end(e.toString());
        }
    }

    /** Takes another connection in place of this one, which has nothing more to say. */
    final void reconnect() {
        if (over) {
            return;
        }
        disconnect();
        try {
            connect();
        } catch (IOException e) {
            end(e.toString());
        }
    }

    /** Which of its kind it is, from 0. */
    final int number() {
        return number;
    }

    /** The connection stands. */
    abstract void opened();

    /** Takes what it can from the input; the rest comes again, with more behind it. */
    abstract void received(ByteBuffer input);

    /** The connection is no more; called once. */
    abstract void ended(String why);

    final void ready() {
        try {
            if (key.isConnectable() && channel.finishConnect()) {
                key.interestOps(SelectionKey.OP_READ);
                opened();
                return;
            }
            if (key.isWritable()) {
                flush();
            }
            if (key.isReadable()) {
                read();
            }
        } catch (IOException e) {
            end(e.toString());
        }
    }

    private void read() throws IOException {
        ByteBuffer input = loop.input();
        input.put(carry);
        carry = NOTHING;
        SocketChannel read = channel;
        boolean atEnd = read.read(input) < 0;
        received(input.flip());
        if (channel != read || !channel.isOpen()) {
            return;
        }
        if (atEnd) {
            end("the server closed the connection");
        } else if (input.hasRemaining()) {
            carry = ByteBuffer.allocate(input.remaining()).put(input).flip();
        }
    }

    final void send(ByteBuffer bytes) {
        if (over) {
            return;
        }
        unsent = unsent.hasRemaining() ? joined(unsent, bytes) : bytes;
        try {
            flush();
        } catch (IOException e) {
            end(e.toString());
        }
    }

    private void flush() throws IOException {
        channel.write(unsent);
        key.interestOps(unsent.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    final void end(String why) {
        if (over) {
            return;
        }
        over = true;
        try {
            channel.close();
        } catch (IOException e) {
            ended(why + ", " + e);
            return;
        }
        ended(why);
    }

    private static ByteBuffer joined(ByteBuffer first, ByteBuffer second) {
        return ByteBuffer.allocate(first.remaining() + second.remaining())
                .put(first)
                .put(second)
                .flip();
    }
}
