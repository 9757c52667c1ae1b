package app.realtime.engineio.websocket;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On real connections. */
@Timeout(60)
class EventLoopTest {

    private final AtomicInteger threads = new AtomicInteger();
    private final EventLoop loop = new EventLoop(task -> {
        threads.incrementAndGet();
        return new Thread(task);
    });
    private final AtomicInteger told = new AtomicInteger();
    private final List<SocketChannel> opened = new ArrayList<>();

    /** Both ends of one connection, and what its input was told. */
    private final class Ends implements ChannelConnection.Input {

        private final SocketChannel channel;
        private final ChannelConnection connection;
        private final SocketChannel client;
        private final StringBuffer heard = new StringBuffer();
        private volatile Consumer<String> listener = unused -> {};
        private volatile boolean ended;

        Ends() throws IOException {
            try (ServerSocketChannel server = ServerSocketChannel.open()) {
                server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                client = SocketChannel.open(server.getLocalAddress());
                channel = server.accept();
            }
            opened.addAll(List.of(client, channel));
            channel.configureBlocking(false);
            connection = new ChannelConnection(channel, loop);
        }

        Ends read() {
            connection.read(this);
            return this;
        }

        void say(String text) throws IOException {
            client.write(US_ASCII.encode(text));
        }

        @Override
        public void received(byte[] bytes, int count) {
            String text = new String(bytes, 0, count, US_ASCII);
            heard.append(text);
            listener.accept(text);
        }

        @Override
        public void ended() {
            assertThat(ended).isFalse();
            ended = true;
        }

        boolean hasHeard(String text) {
            return heard.toString().equals(text);
        }

        void fill() throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(1 << 20);
            long sent = 0;
            while (sent < 1 << 28) {
                connection.send(bytes.clear());
                if (bytes.position() == 0) {
                    return;
                }
                sent += bytes.position();
            }
            throw new AssertionError("A peer that does not read took " + sent + " bytes");
        }

        void takeAll() throws IOException {
            client.configureBlocking(false);
            ByteBuffer bytes = ByteBuffer.allocate(1 << 20);
            await().until(() -> client.read(bytes.clear()) == 0);
        }
    }

    @AfterEach
    void close() throws IOException {
        loop.close();
        for (SocketChannel each : opened) {
            each.close();
        }
    }

    @Test
    void readsWhatComes() throws IOException {
        Ends one = new Ends().read();
        Ends other = new Ends().read();
        one.say("hello");
        other.say("good day");
        await().until(() -> one.hasHeard("hello") && other.hasHeard("good day"));
        one.say(" again");
        await().until(() -> one.hasHeard("hello again"));
    }

    @Test
    void whatComesBeforeAnybodyListensWaits() throws IOException {
        Ends ends = new Ends();
        ends.say("early");
        await().during(Duration.ofMillis(100)).until(() -> ends.hasHeard(""));
        ends.read();
        await().until(() -> ends.hasHeard("early"));
    }

    @Test
    void readsMoreThanFitsIntoItsBuffer() throws IOException {
        Ends ends = new Ends().read();
        String text = "0123456789".repeat(10_000);
        ends.say(text);
        await().until(() -> ends.hasHeard(text));
    }

    @Test
    void tellsOnceThatThePeerHasGone() throws IOException {
        Ends orderly = new Ends().read();
        orderly.client.close();
        Ends rude = new Ends().read();
        rude.client.setOption(StandardSocketOptions.SO_LINGER, 0);
        rude.client.close();
        await().until(() -> orderly.ended && rude.ended);
    }

    @Test
    void tellsOnceWhenThePeerTakesBytesAgain() throws IOException {
        Ends ends = new Ends().read();
        ends.fill();
        ends.connection.whenWritable(told::incrementAndGet);
        await().during(Duration.ofMillis(100)).until(() -> told.get() == 0);
        ends.takeAll();
        await().until(() -> told.get() == 1);
        await().during(Duration.ofMillis(100)).until(() -> told.get() == 1);
    }

    @Test
    void tellsAgainWhoWaitsAgain() throws IOException {
        Ends ends = new Ends();
        for (int round = 1; round <= 3; round++) {
            int expected = round;
            ends.fill();
            ends.connection.whenWritable(told::incrementAndGet);
            ends.takeAll();
            await().until(() -> told.get() == expected);
        }
    }

    @Test
    void tellsThatAConnectionHasBeenClosedBefore() throws IOException {
        Ends ends = new Ends();
        ends.connection.close();
        ends.connection.whenWritable(told::incrementAndGet);
        assertThat(told).hasValue(1);
    }

    @Test
    void aClosedConnectionIsGivenBack() throws IOException {
        Ends ends = new Ends().read();
        ends.connection.close();
        assertThat(ends.client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        await().until(() -> loop.size() == 0);
    }

    @Test
    void aListenerThatFailsDoesNotEndItForOthers() throws IOException {
        Ends failing = new Ends().read();
        Ends other = new Ends().read();
        failing.listener = unused -> {
            throw new IllegalStateException("thrown by the test");
        };
        failing.say("x");
        assertThat(failing.client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        other.say("y");
        await().until(() -> other.hasHeard("y"));
    }

    @Test
    void aListenerThatWaitsHoldsUpNobodyElse() throws IOException {
        CountDownLatch goOn = new CountDownLatch(1);
        Ends waiting = new Ends().read();
        Ends other = new Ends().read();
        waiting.listener = text -> {
            if (text.equals("wait")) {
                awaitUninterruptibly(goOn);
            }
        };
        waiting.say("wait");
        await().until(() -> waiting.hasHeard("wait"));
        other.say("y");
        await().pollInterval(Duration.ofMillis(20)).until(() -> {
            loop.replaceStalled();
            return other.hasHeard("y");
        });
        assertThat(threads).hasValue(2);

        waiting.say(" in order");
        await().during(Duration.ofMillis(100)).until(() -> waiting.hasHeard("wait"));
        goOn.countDown();
        await().until(() -> waiting.hasHeard("wait in order"));
        loop.replaceStalled();
        assertThat(threads).hasValue(2);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anInterruptLeftBehindDoesNotKeepItSpinning() throws IOException {
        Ends ends = new Ends().read();
        ends.listener = unused -> Thread.currentThread().interrupt();
        ends.say("x");
        await().until(() -> ends.hasHeard("x"));
        Ends other = new Ends().read();
        StringBuffer interrupted = new StringBuffer();
        other.listener = unused -> interrupted.append(Thread.currentThread().isInterrupted());
        other.say("y");
        await().until(() -> interrupted.toString().equals("false"));
    }

    @Test
    void itsConnectionsEndWithIt() throws IOException {
        Ends ends = new Ends().read();
        loop.close();
        assertThat(ends.client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        assertThat(loop.size()).isZero();
    }
}
