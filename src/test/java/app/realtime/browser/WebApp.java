package app.realtime.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The web server of somebody's own pages, which use the service. Thread-safe. */
final class WebApp implements AutoCloseable {

    private record File(String type, String text, String policy) {}

    private static final File BROKEN = new File("", "", "");

    private final HttpServer server;
    private final Map<String, File> files = new ConcurrentHashMap<>();

    WebApp() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Serves a page at this path; returns its address for the browser. */
    String page(String path, String html) {
        return page(path, html, "");
    }

    /** @param policy the page's Content-Security-Policy; none if empty */
    String page(String path, String html, String policy) {
        return put(path, new File("text/html", html, policy));
    }

    String style(String path, String css) {
        return put(path, new File("text/css", css, ""));
    }

    String script(String path, String javaScript) {
        return put(path, new File("text/javascript", javaScript, ""));
    }

    /** Ends the connection of whoever asks for this path, without an answer. */
    void breakOff(String path) {
        files.put(path, BROKEN);
    }

    private String put(String path, File file) {
        files.put(path, file);
        return Hosts.WEB_APP + path;
    }

    private void answer(HttpExchange exchange) throws IOException {
        File file = files.get(exchange.getRequestURI().getPath());
        if (file == null) {
            // The browser asks every site for an icon.
            boolean icon = exchange.getRequestURI().getPath().equals("/favicon.ico");
            exchange.sendResponseHeaders(icon ? 204 : 404, -1);
        } else if (file != BROKEN) {
            byte[] body = file.text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", file.type + ";charset=utf-8");
            if (!file.policy.isEmpty()) {
                exchange.getResponseHeaders().set("Content-Security-Policy", file.policy);
            }
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
