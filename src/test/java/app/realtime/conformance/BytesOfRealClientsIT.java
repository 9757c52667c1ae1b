package app.realtime.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.run.LibertyApplication;
import app.realtime.run.NodeProgram;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bytes both ways with the official clients. The service itself sends none; the server of the protocol suites sends back
 * what it gets. Its heartbeat is too quick for a busy machine: a client that loses its connection begins again.
 */
@ExtendWith(SharedConformanceServer.class)
@Timeout(120)
class BytesOfRealClientsIT {

    private static final int ATTEMPTS = 5;
    private static final int STILL_RUNNING = -1;

    private final String url;

    BytesOfRealClientsIT(LibertyApplication server) {
        url = "http://localhost:" + server.port();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4 | polling", "4 | websocket", "4 | polling,websocket",
                "2 | polling", "2 | websocket", "2 | polling,websocket"
            })
    void goBothWaysWithTheJavaScriptClients(String version, String transports) {
        NodeProgram.require();
        try (NodeProgram program = NodeProgram.start(
                "Echo of client " + version + " over " + transports,
                "echo.js",
                List.of(version, transports, url),
                Map.of(),
                line -> {})) {
            int code = program.onExit()
                    .completeOnTimeout(STILL_RUNNING, 110, TimeUnit.SECONDS)
                    .join();
            assertThat(code).as(program::report).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "polling,websocket"})
    void goBothWaysWithTheJavaClient(String transports) throws Exception {
        byte[] large = new byte[200_000];
        new Random(1).nextBytes(large);
        byte[] deep = "é".getBytes(StandardCharsets.UTF_8);
        for (int left = ATTEMPTS; ; left--) {
            Object[] message = {
                large,
                new JSONObject().put("list", new JSONArray().put(new byte[0]).put(deep)),
                "the end"
            };
            try {
                for (Object[] answer : List.of(acknowledged(transports, message), sentBack(transports, message))) {
                    assertThat(answer).hasSize(3);
                    assertThat(Arrays.equals((byte[]) answer[0], large))
                            .as("the same bytes")
                            .isTrue();
                    JSONArray list = ((JSONObject) answer[1]).getJSONArray("list");
                    assertThat((byte[]) list.get(0)).isEmpty();
                    assertThat((byte[]) list.get(1)).isEqualTo(deep);
                    assertThat(answer[2]).isEqualTo("the end");
                }
                return;
            } catch (ExecutionException e) {
                assertThat(left).as(e.getCause().getMessage()).isGreaterThan(1);
            }
        }
    }

    private Object[] acknowledged(String transports, Object[] message) throws Exception {
        return exchange(
                transports, (socket, answer) -> socket.emit("message-with-ack", message, (Ack) answer::complete));
    }

    private Object[] sentBack(String transports, Object[] message) throws Exception {
        return exchange(
                transports,
                (socket, answer) -> socket.on("message-back", answer::complete).emit("message", message));
    }

    @FunctionalInterface
    private interface Question {
        void ask(Socket socket, CompletableFuture<Object[]> answer);
    }

    /** @throws ExecutionException if the connection was lost */
    private Object[] exchange(String transports, Question question) throws Exception {
        IO.Options options = IO.Options.builder()
                .setForceNew(true)
                .setReconnection(false)
                .setTransports(transports.split(","))
                .build();
        Socket socket = IO.socket(URI.create(url), options);
        CompletableFuture<Object[]> answer = new CompletableFuture<>();
        for (String end : List.of(Socket.EVENT_DISCONNECT, Socket.EVENT_CONNECT_ERROR)) {
            socket.on(
                    end,
                    args -> answer.completeExceptionally(
                            new IllegalStateException("Not connected: " + Arrays.toString(args))));
        }
        socket.on(Socket.EVENT_CONNECT, args -> question.ask(socket, answer));
        try {
            socket.connect();
            return answer.get(20, TimeUnit.SECONDS);
        } finally {
            socket.close();
        }
    }
}
