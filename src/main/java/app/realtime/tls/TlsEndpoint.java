package app.realtime.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Has the server open its public port with the certificate of two PEM files, and keeps it up to date. The files are
 * compared by content, every two seconds: so it does not matter how they are replaced, and a secret that Kubernetes
 * mounts is replaced by a link. A pair that is no good is looked at twice before it is called so, since somebody may
 * be in the midst of replacing the second file; the certificate in use stays.
 *
 * <p>Guarded by its own lock.
 */
public final class TlsEndpoint implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(TlsEndpoint.class.getName());
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final TlsFiles files;
    private final EndpointFiles endpoint;
    private final ServerNotice server;
    private final Clock clock;

    private TlsFiles.Contents used;
    private ServerIdentity identity;
    private boolean objected;
    private Optional<String> problem = Optional.empty();
    private boolean problemTold;
    private Optional<Future<?>> watch = Optional.empty();

    public TlsEndpoint(TlsSettings.Pem settings, ServerNotice server, Clock clock) {
        this.files = settings.files();
        this.endpoint = new EndpointFiles(settings.directory());
        this.server = server;
        this.clock = clock;
    }

    /**
     * Writes what the server needs, and then, on a thread of the scheduler, tells it and looks after the files.
     *
     * @throws IllegalStateException if the files have become useless since the configuration was checked
     */
    public synchronized void open(ScheduledExecutorService scheduler) {
        try {
            used = files.read();
            identity = ServerIdentity.parse(used);
            endpoint.create(identity);
        } catch (TlsFileException e) {
            throw new IllegalStateException(e.file().variable() + ": " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("No keystore can be made of TLS_CERT_FILE and TLS_KEY_FILE", e);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The keystore of the public port cannot be written to " + endpoint.configuration()
                            + "; WLP_OUTPUT_DIR" + " names another directory for what the server writes",
                    e);
        }
        LOG.info(() -> "TLS on the public port, with the certificate of " + identity);
        object();
        scheduler.execute(this::announce);
        watch = Optional.of(scheduler.scheduleWithFixedDelay(
                this::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void announce() {
        try {
            server.changed(endpoint.configuration());
        } catch (IllegalStateException e) {
            LOG.log(Level.SEVERE, "The public port stays closed: the server cannot be told of its certificate", e);
        }
    }

    /** One look at the files. What goes wrong is logged, so that there is a next look. */
    synchronized void look() {
        try {
            TlsFiles.Contents found = files.read();
            if (!found.equals(used)) {
                use(ServerIdentity.parse(found), found);
            }
            problem = Optional.empty();
        } catch (TlsFileException e) {
            complain(e.file().variable() + ": " + e.getMessage());
        } catch (IOException | GeneralSecurityException | IllegalStateException e) {
            complain("The server could not be given the new certificate: " + e);
        }
        object();
    }

    private void use(ServerIdentity next, TlsFiles.Contents contents) throws IOException, GeneralSecurityException {
        endpoint.store(next);
        server.changed(endpoint.keyStore());
        used = contents;
        identity = next;
        objected = false;
        LOG.info(() -> "New connections get the new certificate of " + identity);
    }

    private void complain(String text) {
        if (!problem.equals(Optional.of(text))) {
            problem = Optional.of(text);
            problemTold = false;
        } else if (!problemTold) {
            problemTold = true;
            LOG.severe(() -> "The certificate in use stays, that of " + identity + ". " + text);
        }
    }

    private void object() {
        Optional<String> objection = objected ? Optional.empty() : identity.objection(clock.instant());
        objection.ifPresent(text -> {
            objected = true;
            LOG.warning(() -> "TLS_CERT_FILE: the certificate " + text + ", so clients refuse it");
        });
    }

    @Override
    public synchronized void close() {
        watch.ifPresent(task -> task.cancel(false));
        watch = Optional.empty();
        try {
            endpoint.delete();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The keystore of the public port could not be deleted", e);
        }
    }
}
