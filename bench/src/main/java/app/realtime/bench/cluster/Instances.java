package app.realtime.bench.cluster;

import app.realtime.bench.server.Launcher;
import app.realtime.bench.server.Server;
import app.realtime.bench.server.ServerKind;
import java.util.ArrayList;
import java.util.List;

/** Several instances of the service, which end together. Used by one thread. */
record Instances(List<Server> all) implements AutoCloseable {

    static Instances start(Launcher launcher, int count) {
        Instances instances = new Instances(new ArrayList<>());
        boolean complete = false;
        try {
            for (int i = 0; i < count; i++) {
                instances.all.add(launcher.start(ServerKind.SERVICE));
            }
            complete = true;
        } finally {
            if (!complete) {
                instances.close();
            }
        }
        return instances;
    }

    @Override
    public void close() {
        all.forEach(Server::close);
    }
}
