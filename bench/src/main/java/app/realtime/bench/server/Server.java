package app.realtime.bench.server;

import app.realtime.bench.load.Endpoint;

/**
 * A server that runs.
 *
 * @param sockets where clients connect
 * @param api where the HTTP API is
 */
public record Server(ServerKind kind, Endpoint sockets, Endpoint api, ServerProcess process) implements AutoCloseable {

    public String name() {
        return kind.key();
    }

    public long pid() {
        return process.pid();
    }

    public ProcessUse use() {
        return ProcessUse.of(pid());
    }

    public long residentKilobytes() {
        return ProcessUse.residentKilobytes(pid());
    }

    @Override
    public void close() {
        process.close();
    }
}
