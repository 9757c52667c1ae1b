package app.realtime.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A number of clients of one server. The public methods may be called from any thread; what happens to the clients
 * happens on the loop's thread.
 */
public final class Audience {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Loop loop;
    private final Endpoint server;
    private final Transport transport;
    private final Traffic traffic;
    private final List<Client> clients = new ArrayList<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private CompletableFuture<Void> grown = CompletableFuture.completedFuture(null);
    private int wanted;
    private int opened;
    private int connected;
    private int present;
    private boolean leaving;

    public Audience(Loop loop, Endpoint server, Transport transport, Traffic traffic) {
        this.loop = loop;
        this.server = server;
        this.transport = transport;
        this.traffic = traffic;
    }

    /**
     * Opens clients until there are so many, and returns when all are connected.
     *
     * @param atOnce how many may be in their handshake at a time
     * @throws IllegalStateException when one is refused, or lost
     */
    public Audience growTo(int count, int atOnce) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            grown = done;
            wanted = count;
            for (int i = 0; i < atOnce; i++) {
                openNext();
            }
        });
        await(done, "connecting " + count + " clients");
        return this;
    }

    /** Lets everybody say something. */
    public void each(byte[] packet) {
        loop.execute(() -> clients.forEach(client -> client.send(packet)));
    }

    /** Has everybody say goodbye; {@link #awaitGone} waits for the end of their connections. */
    public Audience leave() {
        loop.execute(() -> {
            leaving = true;
            // A copy is not needed: a client that ends stays in the list.
            clients.forEach(Client::leave);
            checkGone();
        });
        return this;
    }

    public void awaitGone() {
        await(gone, "the clients' goodbye");
    }

    private void openNext() {
        if (opened >= wanted || grown.isDone()) {
            return;
        }
        int number = opened++;
        present++;
        try {
            clients.add(transport.open(loop, server, number, new Counting()));
        } catch (IOException e) {
            grown.completeExceptionally(e);
        }
    }

    private void checkGone() {
        if (leaving && present == 0) {
            gone.complete(null);
        }
    }

    private void await(CompletableFuture<Void> future, String what) {
        try {
            future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Those who are left would go on asking, and take the loop's time from whoever is measured next.
            loop.execute(() -> clients.forEach(client -> client.end("given up")));
            loop.check();
            throw new IllegalStateException("Failed at " + what + " (" + connected + " are connected)", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted at " + what, e);
        }
    }

    /** Counts who comes and goes, and tells the traffic. */
    private final class Counting implements Traffic {

        @Override
        public void connected(Client client) {
            connected++;
            traffic.connected(client);
            if (connected == wanted) {
                grown.complete(null);
            } else {
                openNext();
            }
        }

        @Override
        public void event(Client client, ByteBuffer buffer, int from, int to) {
            traffic.event(client, buffer, from, to);
        }

        @Override
        public void acknowledged(Client client) {
            traffic.acknowledged(client);
        }

        @Override
        public void ended(Client client, String why) {
            present--;
            traffic.ended(client, why);
            if (!leaving) {
                grown.completeExceptionally(new IllegalStateException("A client was lost: " + why));
            }
            checkGone();
        }
    }
}
