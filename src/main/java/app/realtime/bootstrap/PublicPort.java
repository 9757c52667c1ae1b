package app.realtime.bootstrap;

import app.realtime.tls.LibertyNotice;
import app.realtime.tls.TlsEndpoint;
import app.realtime.tls.TlsSettings;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;

/** The port for clients, as far as it is this application's to open: with TLS by PEM files, and only with these. */
@Dependent
class PublicPort {

    @Resource
    private ManagedScheduledExecutorService scheduler;

    private final Optional<TlsEndpoint> tls;

    @Inject
    PublicPort(TlsSettings settings, Clock clock) {
        tls = settings.files().map(files -> new TlsEndpoint(files, new LibertyNotice(), clock));
    }

    void open() {
        tls.ifPresent(endpoint -> endpoint.open(scheduler));
    }

    void close() {
        tls.ifPresent(TlsEndpoint::close);
    }
}
