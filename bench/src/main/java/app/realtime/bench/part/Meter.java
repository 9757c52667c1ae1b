package app.realtime.bench.part;

import app.realtime.bench.server.ProcessUse;
import app.realtime.bench.server.Server;

/** Takes the time, and the CPU time of the server and of this process, from its beginning on. */
final class Meter {

    private final Server server;
    private final long begin = System.nanoTime();
    private final ProcessUse serverBefore;
    private final ProcessUse ownBefore = own();

    Meter(Server server) {
        this.server = server;
        this.serverBefore = server.use();
    }

    /** What has been used until now. */
    Reading read() {
        return new Reading(server.use().since(serverBefore), own().since(ownBefore), (System.nanoTime() - begin) / 1e9);
    }

    private static ProcessUse own() {
        return ProcessUse.of(ProcessHandle.current().pid());
    }

    /** @param server CPU time of the server @param generator CPU time of this process */
    record Reading(ProcessUse server, ProcessUse generator, double seconds) {}
}
