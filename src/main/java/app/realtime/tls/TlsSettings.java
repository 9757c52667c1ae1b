package app.realtime.tls;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether this service looks after the public port's certificate.
 *
 * @param files empty: the port speaks plain HTTP, or has a keystore of Liberty's
 */
public record TlsSettings(Optional<Pem> files) {

    public static final TlsSettings NONE = new TlsSettings(Optional.empty());

    /**
     * A certificate in PEM files.
     *
     * @param directory where the server looks for what is made of them
     */
    public record Pem(TlsFiles files, Path directory) {}
}
