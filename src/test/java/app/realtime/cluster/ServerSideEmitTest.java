package app.realtime.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.socketio.Namespace;
import app.realtime.socketio.SocketObserver;
import app.realtime.socketio.SocketServer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the application says to itself on another instance, by the API of namespaces. */
class ServerSideEmitTest {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final MemoryBus bus = new MemoryBus();
    private final List<String> told = new ArrayList<>();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    private Namespace main(Bus between) {
        return new SocketServer(
                        name -> ClusterAdapter.classic(name, between, timer, (recipients, took) -> {})
                                .open(),
                        new SocketObserver() {},
                        Clock.systemUTC(),
                        timer)
                .of("/");
    }

    @Test
    void reachesTheListenersOfOtherInstancesAlone() throws Exception {
        Namespace here = main(bus);
        here.onServerSide("question", (args, ack) -> told.add("itself"));
        Namespace there = main(bus.another())
                .onServerSide("question", (args, ack) -> {
                    throw new IllegalStateException("This listener fails, and the others are called");
                })
                .onServerSide("question", (args, ack) -> {
                    told.add(args + " " + ack.isWanted());
                    ack.reply("first", "lost");
                    ack.reply("late");
                });
        assertThat(there.name()).isEqualTo("/");
        here.serverSideEmit("question", 1);
        here.serverSideEmit("unheard of");
        assertThat(here.serverSideRequest("question", 2)
                        .toCompletableFuture()
                        .get(5, TimeUnit.SECONDS)
                        .toString())
                .isEqualTo("[\"first\"]");
        assertThat(told).containsExactly("[1] false", "[2] true");
    }
}
