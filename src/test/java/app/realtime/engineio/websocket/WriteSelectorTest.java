package app.realtime.engineio.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On real connections. */
@Timeout(60)
class WriteSelectorTest {

    private final WriteSelector selector = new WriteSelector(Thread::new);
    private final AtomicInteger told = new AtomicInteger();
    private SocketChannel writer;
    private SocketChannel reader;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            reader = SocketChannel.open(server.getLocalAddress());
            writer = server.accept();
        }
        writer.configureBlocking(false);
    }

    @AfterEach
    void close() throws IOException {
        selector.close();
        writer.close();
        reader.close();
    }

    private void fill() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 20);
        while (writer.write(bytes.clear()) > 0) {
            assertThat(bytes.position()).isPositive();
        }
    }

    private void readAll() throws IOException {
        reader.configureBlocking(false);
        ByteBuffer bytes = ByteBuffer.allocate(1 << 20);
        await().until(() -> reader.read(bytes.clear()) == 0);
    }

    @Test
    void tellsOnceWhenThePeerReadsAgain() throws IOException {
        fill();
        selector.await(writer, told::incrementAndGet);
        await().during(Duration.ofMillis(100)).until(() -> told.get() == 0);
        readAll();
        await().until(() -> told.get() == 1);
        await().during(Duration.ofMillis(100)).until(() -> told.get() == 1);
    }

    @Test
    void tellsAgainWhoWaitsAgain() throws IOException {
        for (int round = 1; round <= 3; round++) {
            int expected = round;
            fill();
            selector.await(writer, told::incrementAndGet);
            readAll();
            await().until(() -> told.get() == expected);
        }
    }

    @Test
    void tellsThatAConnectionHasBeenClosedBefore() throws IOException {
        writer.close();
        selector.await(writer, told::incrementAndGet);
        await().until(() -> told.get() == 1);
    }

    @Test
    void aConnectionThatIsClosedElsewhereIsLetGo() throws IOException {
        fill();
        selector.await(writer, told::incrementAndGet);
        await().until(() -> writer.keyFor(selector.selector()) != null);
        writer.close();
        await().atMost(Duration.ofSeconds(5))
                .until(() -> selector.selector().keys().isEmpty());
    }

    @Test
    void aTaskThatFailsDoesNotEndItForOthers() throws IOException {
        selector.await(writer, () -> {
            throw new IllegalStateException("thrown by the test");
        });
        selector.await(reader(), told::incrementAndGet);
        await().until(() -> told.get() == 1);
    }

    private SocketChannel reader() throws IOException {
        reader.configureBlocking(false);
        return reader;
    }
}
