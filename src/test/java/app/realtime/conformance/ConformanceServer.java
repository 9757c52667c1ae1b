package app.realtime.conformance;

import app.realtime.run.LibertyApplication;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What {@code mvn -Pconformance} runs: a server on 127.0.0.1 that the official suites of Engine.IO and Socket.IO can be
 * pointed at, until Ctrl-C or SIGTERM. The port is the system property {@code port}.
 */
public final class ConformanceServer {

    private static final Duration START = Duration.ofSeconds(180);
    private static final String DEFAULT_PORT = "3100";

    private ConformanceServer() {}

    public static void main(String[] arguments) {
        int status = run(System.getProperty("port", DEFAULT_PORT).strip());
        if (status != 0) {
            System.exit(status);
        }
    }

    /**
     * Starts the server and waits until it answers quickly.
     *
     * @param port 0 for a free one
     * @throws IllegalStateException if it does not start
     */
    static LibertyApplication start(int port, Consumer<String> lines) {
        LibertyApplication server = LibertyApplication.launch("conformance", port, ConformanceArchive::deploy, lines);
        try {
            server.awaitReady(START);
            WarmUp.run(server.port());
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static int run(String port) {
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65535) {
            return fail("-Dport is \"" + port + "\", which is no port: give a number from 1 to 65535.");
        }
        try (LibertyApplication server = start(Integer.parseInt(port), System.out::println)) {
            String base = "http://127.0.0.1:" + server.port();
            System.out.println("Ready: " + base + "/engine.io/ and " + base + "/socket.io/. Ctrl-C ends it.");
            int code = server.awaitExit();
            return server.wasStopped() ? 0 : fail("The server ended by itself, with exit code " + code + ".");
        } catch (IllegalStateException e) {
            return fail(e.getMessage());
        }
    }

    private static int fail(String message) {
        System.out.flush();
        System.err.println(message);
        return 1;
    }
}
