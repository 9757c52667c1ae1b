package app.realtime.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Each client asks, waits for the acknowledgement, and asks again. What happens is counted on the loop's thread; the rest
 * may be called from any.
 */
public final class Requests implements Traffic {

    private static final byte[] REQUEST = "421[\"ping\"]".getBytes(StandardCharsets.US_ASCII);

    private final long[] sentAt;
    private volatile long answered;
    private volatile boolean running;
    private volatile Latencies latencies = new Latencies();

    /** @param clients how many there are, at most */
    public Requests(int clients) {
        this.sentAt = new long[clients];
    }

    /** What each client says to begin with. */
    public byte[] first() {
        running = true;
        Arrays.fill(sentAt, System.nanoTime());
        return REQUEST;
    }

    /** Lets nobody ask again. */
    public void stop() {
        running = false;
    }

    @Override
    public void acknowledged(Client client) {
        long now = System.nanoTime();
        latencies.record(now - sentAt[client.number()]);
        add();
        if (running) {
            sentAt[client.number()] = now;
            client.send(REQUEST);
        }
    }

    /** Only the loop's thread writes. */
    private void add() {
        answered++;
    }

    public long answered() {
        return answered;
    }

    /** Begins new latencies, and returns those until now. */
    public Latencies restart() {
        Latencies before = latencies;
        latencies = new Latencies();
        return before;
    }
}
