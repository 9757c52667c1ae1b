package app.realtime.conformance;

import java.time.Duration;
import java.util.concurrent.CompletionException;

/**
 * Uses a server that has just started until it is quick. The first websockets and the first JSON take a fresh JVM more
 * than the half second after which a session without a sign of life ends here.
 */
final class WarmUp {

    private static final Duration QUICK = Duration.ofMillis(50);
    private static final int MOST_ROUNDS = 50;

    private WarmUp() {}

    static void run(int port) {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            long begin = System.nanoTime();
            boolean done = visit(port);
            if (done && System.nanoTime() - begin < QUICK.toNanos()) {
                return;
            }
        }
    }

    /** False if a session ended too early. */
    private static boolean visit(int port) {
        Endpoint engine = new Endpoint(port, "/engine.io/", 4);
        String sid = engine.open();
        try (Frames echo = engine.probe(sid);
                Frames socket = new Endpoint(port, "/socket.io/", 4).connectAndGreet()) {
            engine.poll(sid);
            echo.send("5").send("4hello").text();
            socket.send("40").text();
            socket.text();
            socket.send("451-1[\"message-with-ack\",{\"_placeholder\":true,\"num\":0}]")
                    .send(1);
            socket.messagesButPings(2);
            return true;
        } catch (CompletionException | AssertionError e) {
            return false;
        }
    }
}
