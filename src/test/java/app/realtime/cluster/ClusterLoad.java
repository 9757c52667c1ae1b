package app.realtime.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.realtime.contract.Inbox;
import app.realtime.contract.SocketClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * A steady stream of events by each of some instances to one room, and a client of each in that room: which has to receive all
 * of its own instance, whatever becomes of Redis. Used by one thread.
 */
final class ClusterLoad implements AutoCloseable {

    /** What one test has left under way is nothing to the next. */
    private static final AtomicInteger ROOMS = new AtomicInteger();

    /** A command to Redis may take three seconds; a broadcast that waited for one would take longer than this. */
    private static final Duration QUICK = Duration.ofMillis(2500);

    private final String room = "survey:load" + ROOMS.incrementAndGet();
    private final List<Instance> instances;
    private final List<SocketClient> clients = new ArrayList<>();
    private final List<SteadyBroadcast> broadcasts = new ArrayList<>();
    private final List<List<Inbox.Event>> heard = new ArrayList<>();
    private int checks;

    ClusterLoad(List<Instance> instances) {
        this.instances = instances;
        for (Instance instance : instances) {
            clients.add(instance.client(room));
            heard.add(new ArrayList<>());
        }
        for (int i = 0; i < instances.size(); i++) {
            broadcasts.add(new SteadyBroadcast(instances.get(i), room, i));
        }
    }

    /** Waits until each instance has answered so many more broadcasts. */
    ClusterLoad goesOn(int events) {
        List<Integer> until = sent().stream().map(sent -> sent + events).toList();
        await("broadcasts")
                .atMost(Duration.ofSeconds(30))
                .until(() -> IntStream.range(0, until.size())
                        .allMatch(i -> broadcasts.get(i).sent() >= until.get(i)));
        return this;
    }

    /** Waits until each client has received an event of its own instance that is younger than this call. */
    ClusterLoad isDeliveredLocally() {
        checks++;
        for (int i = 0; i < instances.size(); i++) {
            String event = "local-" + i + "-" + checks;
            instances.get(i).broadcast(room, event, "{}");
            heard.get(i).addAll(clients.get(i).until(event));
        }
        return this;
    }

    /** For each instance, the number of an event that is not sent yet. */
    List<Integer> next() {
        return sent().stream().map(sent -> sent + 1).toList();
    }

    private List<Integer> sent() {
        return broadcasts.stream().map(SteadyBroadcast::sent).toList();
    }

    /** Ends the streams, and waits until the ends of all have reached all, which takes a cluster that is whole. */
    ClusterLoad finish() {
        close();
        for (int i = 0; i < instances.size(); i++) {
            instances.get(i).broadcast(room, "end-" + i, "{}");
        }
        for (int client = 0; client < clients.size(); client++) {
            SocketClient from = clients.get(client);
            List<Inbox.Event> events = heard.get(client);
            for (int i = 0; i < instances.size(); i++) {
                String end = "end-" + i;
                if (events.stream().noneMatch(event -> event.name().equals(end))) {
                    events.addAll(from.until(end));
                }
            }
            from.close();
        }
        return this;
    }

    /** What a client has received of an instance, in the order of its arrival. */
    List<Integer> heard(int client, int instance) {
        return heard.get(client).stream()
                .filter(event -> event.name().equals("note"))
                .map(ClusterLoad::data)
                .filter(data -> data.findPath("from").asInt() == instance)
                .map(data -> data.findPath("n").asInt())
                .toList();
    }

    private static JsonNode data(Inbox.Event event) {
        return event.args().get(0);
    }

    /** Every event of a client's own instance has come, once and in order, and no broadcast has waited for Redis. */
    ClusterLoad wasNotHeldUp() {
        for (int i = 0; i < instances.size(); i++) {
            assertThat(heard(i, i))
                    .as("events of instance %d to its own client", i)
                    .isEqualTo(
                            IntStream.range(0, broadcasts.get(i).sent()).boxed().toList());
            assertThat(broadcasts.get(i).slowest())
                    .as("the slowest answer of instance %d", i)
                    .isLessThan(QUICK);
        }
        return this;
    }

    /** What has come from other instances has come once, and all of it from these numbers on. */
    ClusterLoad crossedOnce(List<Integer> since) {
        for (int client = 0; client < instances.size(); client++) {
            for (int other = 0; other < instances.size(); other++) {
                List<Integer> numbers = heard(client, other);
                int first = since.get(other);
                assertThat(numbers)
                        .as("events of instance %d to the client of instance %d", other, client)
                        .doesNotHaveDuplicates()
                        .isSorted();
                assertThat(numbers.stream().filter(n -> n >= first))
                        .as("events of instance %d to the client of instance %d, from %d on", other, client, first)
                        .isEqualTo(IntStream.range(first, broadcasts.get(other).sent())
                                .boxed()
                                .toList());
            }
        }
        return this;
    }

    @Override
    public void close() {
        broadcasts.forEach(SteadyBroadcast::close);
    }
}
