package app.realtime.chaos;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Opens a polling session ten times a second, and ends it. Thread-safe: guarded by its own lock. */
final class Handshakes implements AutoCloseable {

    private static final Duration EACH = Duration.ofMillis(100);

    private final URI service;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<Double> millis = new ArrayList<>();
    private int failures;

    Handshakes(URI service) {
        this.service = service;
    }

    void begin() {
        timer.scheduleAtFixedRate(this::one, 0, EACH.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The median of the first so many, which are then forgotten. */
    double awaitMedian(int count) {
        await().atMost(Duration.ofSeconds(60)).until(() -> size() >= count);
        double median = quantile(0.5);
        synchronized (this) {
            millis.clear();
        }
        return median;
    }

    synchronized double quantile(double quantile) {
        List<Double> sorted = millis.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * quantile));
    }

    synchronized int failures() {
        return failures;
    }

    private synchronized int size() {
        return millis.size();
    }

    private void one() {
        URI endpoint = service.resolve("/socket.io/?EIO=4&transport=polling");
        long begin = System.nanoTime();
        try {
            String body = http.send(
                            HttpRequest.newBuilder(endpoint)
                                    .timeout(Duration.ofSeconds(20))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            double took = (System.nanoTime() - begin) / 1e6;
            String session = body.replaceFirst(".*\"sid\":\"([^\"]+)\".*", "$1");
            http.send(
                    HttpRequest.newBuilder(URI.create(endpoint + "&sid=" + session))
                            .timeout(Duration.ofSeconds(20))
                            .POST(HttpRequest.BodyPublishers.ofString("1"))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            synchronized (this) {
                millis.add(took);
            }
        } catch (IOException e) {
            synchronized (this) {
                failures++;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
