package app.realtime.api;

import java.io.IOException;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the cause of an error of this service in the log, and off the wire. */
public final class Failures {

    private static final Logger LOG = Logger.getLogger(Failures.class.getName());

    private Failures() {}

    /** Logs the cause once, under a new reference, and gives the answer that names it. */
    public static Problem log(Throwable cause) {
        String reference = UUID.randomUUID().toString();
        // There are no files here: I/O fails because the caller went away, which must not fill the log.
        boolean byCaller = cause instanceof IOException || cause.getCause() instanceof IOException;
        LOG.log(byCaller ? Level.FINE : Level.SEVERE, cause, () -> "An HTTP request failed, reference " + reference);
        return Problem.internal(reference);
    }
}
