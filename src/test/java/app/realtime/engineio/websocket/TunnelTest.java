package app.realtime.engineio.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client, and an owner at the other end of a real connection. */
class TunnelTest {

    private static final int MAX_UNSENT = 1 << 20;

    /** Keeps what it is given. */
    private static final class Client implements Tunnel.End {

        private final StringBuilder got = new StringBuilder();
        private volatile boolean sending;
        private volatile boolean wanted;
        private volatile boolean ended;

        @Override
        public void joined() {}

        @Override
        public synchronized void send(ByteBuffer bytes) {
            got.append(StandardCharsets.US_ASCII.decode(bytes));
        }

        synchronized String got() {
            return got.toString();
        }

        @Override
        public boolean isSending() {
            return sending;
        }

        @Override
        public void read(boolean isWanted) {
            wanted = isWanted;
        }

        @Override
        public void end() {
            ended = true;
        }
    }

    private final AtomicInteger refused = new AtomicInteger();
    private final Tunnel tunnel = new Tunnel(refused::incrementAndGet);
    private final Client client = new Client();
    private final EventLoop loop = new EventLoop(Thread::new);
    private ServerSocket server;
    private Socket owner;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        ChannelEnd toOwner = new ChannelEnd(tunnel, loop, channel, MAX_UNSENT);
        tunnel.join(client, toOwner);
        toOwner.connect((InetSocketAddress) server.getLocalSocketAddress(), bytes("head"));
        owner = server.accept();
        owner.setSoTimeout(10_000);
    }

    @AfterEach
    void close() throws IOException {
        loop.close();
        owner.close();
        server.close();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void answer(String text) throws IOException {
        owner.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        owner.getOutputStream().flush();
    }

    private String received(int count) throws IOException {
        return new String(owner.getInputStream().readNBytes(count), StandardCharsets.US_ASCII);
    }

    private void agree() throws IOException {
        answer("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n");
        await().until(() -> client.wanted);
    }

    @Test
    void theClientGetsWhatComesAfterTheOwnersHeadHoweverThatIsCut() throws Exception {
        assertThat(received(4)).isEqualTo("head");
        owner.setTcpNoDelay(true);
        for (char one : "HTTP/1.1 101 Yes\r\nA: b\r\r\n\r".toCharArray()) {
            answer(Character.toString(one));
        }
        assertThat(client.wanted).isFalse();
        answer("\nfirst");
        answer(" and second");
        await().until(() -> client.got().equals("first and second"));
        assertThat(client.wanted).isTrue();
    }

    @Test
    void anOwnerThatDoesNotAgreeEndsIt() throws Exception {
        answer("HTTP/1.1 400 Bad Request\r\n\r\nbody");
        await().until(() -> client.ended);
        assertThat(client.got()).isEmpty();
        assertThat(refused).hasValue(1);
        assertThat(received(5)).isEqualTo("head");
    }

    @Test
    void anOwnerThatIsNotThereEndsIt() throws Exception {
        server.close();
        Tunnel other = new Tunnel(refused::incrementAndGet);
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        ChannelEnd toNobody = new ChannelEnd(other, loop, channel, MAX_UNSENT);
        other.join(client, toNobody);
        toNobody.connect((InetSocketAddress) server.getLocalSocketAddress(), bytes("head"));
        await().until(() -> client.ended);
        assertThat(refused).hasValue(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aLoopThatEndsEndsIt() throws Exception {
        agree();
        loop.close();
        assertThat(client.ended).isTrue();
        assertThat(received(5)).isEqualTo("head");
    }

    @Test
    void anAnswerWithoutAnEndEndsIt() throws Exception {
        answer("HTTP/1.1 101 Yes\r\n" + "A: b\r\n".repeat(2_000));
        await().until(() -> client.ended);
        assertThat(refused).hasValue(1);
    }

    @Test
    void itIsGivenUpOnlyIfTheOwnerHasNotAgreed() throws Exception {
        agree();
        tunnel.giveUp();
        assertThat(client.ended).isFalse();
        owner.close();
        await().until(() -> client.ended);
        assertThat(refused).hasValue(0);
    }

    @Test
    void theOwnerIsNotReadWhileTheClientTakesNothing() throws Exception {
        agree();
        client.sending = true;
        answer("one");
        await().until(() -> client.got().equals("one"));
        answer("two");
        await().during(Duration.ofMillis(300)).until(() -> client.got().equals("one"));
        client.sending = false;
        tunnel.sent(client);
        await().until(() -> client.got().equals("onetwo"));
    }

    @Test
    void theClientIsNotReadWhileTheOwnerTakesNothingAndWhatItHasSentArrives() throws Exception {
        agree();
        assertThat(received(4)).isEqualTo("head");
        int sent = sendWhatIsWanted();
        tunnel.received(client, bytes("end"));
        assertThat(received(sent + 3)).endsWith("xend");
        await().until(() -> client.wanted);
    }

    @Test
    void aClientThatCannotBeToldToWaitMayNotBeFarAhead() throws Exception {
        agree();
        int sent = 0;
        while (!client.ended && sent < 64 << 20) {
            sent += sendTenThousand();
        }
        assertThat(client.ended).as("after %d bytes", sent).isTrue();
        assertThat(sent).isGreaterThan(MAX_UNSENT);
    }

    @Test
    void whatAClientSendsThatDoesNotWaitStaysInItsOrder() throws Exception {
        agree();
        assertThat(received(4)).isEqualTo("head");
        int count = 4_000;
        CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> {
            try {
                return received(8 * 1_000 * count);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String piece = "%08d".formatted(i).repeat(1_000);
            expected.append(piece);
            tunnel.received(client, bytes(piece));
            if (i % 5 == 0) {
                await().pollDelay(Duration.ZERO).until(() -> client.wanted);
            }
        }
        assertThat(read.get(20, TimeUnit.SECONDS)).isEqualTo(expected.toString());
    }

    private int sendWhatIsWanted() throws IOException {
        int sent = 0;
        while (client.wanted) {
            tunnel.received(client, bytes("x".repeat(10_000)));
            sent += 10_000;
        }
        return sent;
    }

    private int sendTenThousand() {
        try {
            tunnel.received(client, bytes("x".repeat(10_000)));
        } catch (IOException e) {
            tunnel.failed(e);
        }
        return 10_000;
    }

    @Test
    void whenTheClientEndsTheOwnerStillGetsWhatItHasSent() throws Exception {
        agree();
        assertThat(received(4)).isEqualTo("head");
        int sent = sendWhatIsWanted();
        tunnel.finished(client);
        assertThat(client.ended).isFalse();
        assertThat(owner.getInputStream().readAllBytes()).hasSize(sent);
        await().until(() -> client.ended);
    }
}
