package app.realtime.tls;

import java.nio.file.Path;

/** Tells the server that a file which concerns it has come or changed. */
@FunctionalInterface
public interface ServerNotice {

    /** @throws IllegalStateException if this server cannot be told */
    void changed(Path file);
}
