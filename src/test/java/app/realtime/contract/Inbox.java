package app.realtime.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The events that a client has received, in their order. Thread-safe: guarded by its own lock. */
public final class Inbox {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** An event with its arguments. */
    public record Event(String name, List<JsonNode> args) {

        /** The first argument, which is the only one of all events of the contract. */
        JsonNode data() {
            return args.isEmpty() ? MissingNode.getInstance() : args.get(0);
        }
    }

    private final List<Event> events = new ArrayList<>();

    synchronized void add(Event event) {
        events.add(event);
        notifyAll();
    }

    /** Waits for the next event of this name, takes it and leaves all others. */
    JsonNode next(String name) {
        List<Event> before = until(name);
        synchronized (this) {
            events.addAll(0, before.subList(0, before.size() - 1));
        }
        return before.get(before.size() - 1).data();
    }

    /** Waits for an event of this name; takes and returns everything up to it, the event itself being the last. */
    synchronized List<Event> until(String name) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            for (int i = 0; i < events.size(); i++) {
                if (events.get(i).name().equals(name)) {
                    List<Event> taken = new ArrayList<>(events.subList(0, i + 1));
                    events.subList(0, i + 1).clear();
                    return taken;
                }
            }
            await(end, name);
        }
    }

    private void await(long end, String name) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
            throw new AssertionError(
                    "No event " + name + " within " + PATIENCE.toSeconds() + " s; there are " + events);
        }
        try {
            wait(left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
