package app.realtime.contract;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Takes spans as OTLP over HTTP (protobuf) and looks for one by its bytes. Thread-safe. */
final class SpanCollector implements AutoCloseable {

    // opentelemetry/proto/trace/v1/trace.proto, message Span: tag and length of these fields.
    private static final String TRACE_ID = "0a10";
    private static final String PARENT_SPAN_ID = "2208";

    private final HttpServer server;
    private final Queue<String> bodies = new ConcurrentLinkedQueue<>();

    SpanCollector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    String endpoint() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Whether a span with that name has come, in that trace and with that parent, both in hexadecimal. */
    boolean has(String name, String traceId, String parentId) {
        String hexName = HexFormat.of().formatHex(name.getBytes(StandardCharsets.UTF_8));
        return bodies.stream()
                .anyMatch(body -> body.contains(hexName)
                        && body.contains(TRACE_ID + traceId)
                        && body.contains(PARENT_SPAN_ID + parentId));
    }

    private void take(HttpExchange exchange) throws IOException {
        bodies.add(HexFormat.of().formatHex(exchange.getRequestBody().readAllBytes()));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
