package app.realtime.limits;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Counts of several instances within this JVM; answers at once, later, or not at all. */
final class MemoryCounts implements SharedCounts {

    private final Map<String, Map<InetAddress, Integer>> sessions;
    private final Map<InetAddress, Long> messages;
    private final String self;
    volatile boolean away;
    /** If present, answers wait for it. */
    volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

    int asked;

    MemoryCounts(String self) {
        this(self, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
    }

    private MemoryCounts(
            String self, Map<String, Map<InetAddress, Integer>> sessions, Map<InetAddress, Long> messages) {
        this.self = self;
        this.sessions = sessions;
        this.messages = messages;
    }

    MemoryCounts another(String name) {
        return new MemoryCounts(name, sessions, messages);
    }

    int sessionsOf(String instance, InetAddress address) {
        return sessions.getOrDefault(instance, Map.of()).getOrDefault(address, 0);
    }

    void forgetEverything() {
        sessions.clear();
        messages.clear();
    }

    @Override
    public CompletionStage<Integer> sessionsElsewhere(InetAddress address, int here) {
        asked++;
        if (away) {
            return CompletableFuture.failedFuture(new IllegalStateException("away"));
        }
        sessions.computeIfAbsent(self, name -> new ConcurrentHashMap<>()).put(address, here);
        int elsewhere = sessions.entrySet().stream()
                .filter(instance -> !instance.getKey().equals(self))
                .mapToInt(instance -> instance.getValue().getOrDefault(address, 0))
                .sum();
        return gate.thenApply(open -> elsewhere);
    }

    @Override
    public CompletionStage<Use> addMessages(InetAddress address, long more, Duration window) {
        asked++;
        if (away) {
            return CompletableFuture.failedFuture(new IllegalStateException("away"));
        }
        Use use = new Use(messages.merge(address, more, Long::sum), window);
        return gate.thenApply(open -> use);
    }
}
