package app.realtime.bench.server;

import app.realtime.bench.load.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

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

    /** Has it collect its garbage, and returns when it has been told. */
    public void collect() {
        String pid = Long.toString(pid());
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        List<String> command = kind == ServerKind.NODE ? List.of("kill", "-USR2", pid) : List.of(jcmd, pid, "GC.run");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("Failed: " + command);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
