package app.realtime.bench.cluster;

import app.realtime.bench.server.ProcessUse;
import app.realtime.bench.server.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A polling session that asks for something and polls for the answer, by the instance that owns it, or by another one. Used by one
 * thread; a request at a time.
 */
final class RelayedPolls {

    private static final int REQUESTS = 2;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Server owner;
    private final Server other;
    private final String session;

    RelayedPolls(Server owner, Server other) {
        this.owner = owner;
        this.other = other;
        this.session = send(owner, "", "GET", BodyPublishers.noBody())
                .replaceFirst(".*\"sid\":\"([^\"]+)\".*", "&sid=$1");
        post(owner, "40");
        poll(owner);
    }

    void warmUp(int count) {
        measure(owner, count);
        measure(other, count);
    }

    /** Times in milliseconds, CPU in microseconds, for one request. */
    Map<String, Double> measure(int count) {
        Map<String, Double> values = new LinkedHashMap<>();
        double[] direct = measure(owner, count);
        ProcessUse ownerBefore = owner.use();
        ProcessUse otherBefore = other.use();
        double[] relayed = measure(other, count);
        values.put("owner-p50", percentile(direct, 0.5));
        values.put("owner-p99", percentile(direct, 0.99));
        values.put("other-p50", percentile(relayed, 0.5));
        values.put("other-p99", percentile(relayed, 0.99));
        values.put("added", percentile(relayed, 0.5) - percentile(direct, 0.5));
        values.put("owner-cpu", owner.use().since(ownerBefore).micros() / count / REQUESTS);
        values.put("other-cpu", other.use().since(otherBefore).micros() / count / REQUESTS);
        return values;
    }

    private static double percentile(double[] sorted, double part) {
        return sorted[(int) (part * (sorted.length - 1))];
    }

    private double[] measure(Server by, int count) {
        double[] millis = new double[count];
        for (int i = 0; i < count; i++) {
            long begin = System.nanoTime();
            post(by, "42[\"ping\"]");
            String answer = poll(by);
            millis[i] = (System.nanoTime() - begin) / 1e6 / REQUESTS;
            if (answer.equals("2")) {
                // A heartbeat came first.
                post(by, "3");
                answer = poll(by);
            }
            if (!answer.contains("pong")) {
                throw new IllegalStateException("Not what was asked for: " + answer);
            }
        }
        Arrays.sort(millis);
        return millis;
    }

    private void post(Server by, String packet) {
        send(by, session, "POST", BodyPublishers.ofString(packet));
    }

    private String poll(Server by) {
        return send(by, session, "GET", BodyPublishers.noBody());
    }

    private String send(Server by, String query, String method, BodyPublisher body) {
        URI uri = URI.create("http://127.0.0.1:" + by.sockets().address().getPort()
                + "/socket.io/?EIO=4&transport=polling" + query);
        try {
            return client.send(HttpRequest.newBuilder(uri).method(method, body).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException("No answer to a request of a polling session", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
