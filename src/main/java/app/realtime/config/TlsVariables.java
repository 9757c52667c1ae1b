package app.realtime.config;

import static app.realtime.config.Variable.TLS_CERT_FILE;
import static app.realtime.config.Variable.TLS_KEY_FILE;

import app.realtime.tls.ServerIdentity;
import app.realtime.tls.TlsFile;
import app.realtime.tls.TlsFileException;
import app.realtime.tls.TlsFiles;
import app.realtime.tls.TlsSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The certificate of the public port. */
final class TlsVariables {

    /** A property that liberty/server.xml gives the application; blank where public-https.xml is not in force. */
    static final String DIRECTORY = "tls.directory";

    private final Values values;

    TlsVariables(Values values) {
        this.values = values;
    }

    TlsSettings read() {
        Optional<String> certificate = values.optional(TLS_CERT_FILE);
        Optional<String> key = values.optional(TLS_KEY_FILE);
        Optional<String> directory = values.ofFamily(DIRECTORY);
        if (certificate.isEmpty() || key.isEmpty()) {
            key.ifPresent(set -> missing(TLS_CERT_FILE, TLS_KEY_FILE));
            certificate.ifPresent(set -> missing(TLS_KEY_FILE, TLS_CERT_FILE));
            if (values.isSetEmpty(TLS_CERT_FILE) && directory.isPresent()) {
                // server.env takes white space for a value, and the server would wait for its certificate.
                values.problems().add(TLS_CERT_FILE, "is blank; expected the path of a PEM file, or not to be set");
            }
            return TlsSettings.NONE;
        }
        if (directory.isEmpty()) {
            values.problems()
                    .add(
                            TLS_CERT_FILE,
                            "is set, but this server does not have its public port for TLS;"
                                    + " expected a start by the script bin/server, with server.env and public-https.xml"
                                    + " beside server.xml (docs/tls.md)");
        }
        Optional<TlsFiles> files = files(certificate.get(), key.get());
        files.ifPresent(this::check);
        return new TlsSettings(files.flatMap(pair -> directory.map(path -> new TlsSettings.Pem(pair, Path.of(path)))));
    }

    private void missing(Variable missing, Variable set) {
        values.problems().add(missing, "is not set, but " + set + " is; expected both, or neither");
    }

    private Optional<TlsFiles> files(String certificate, String key) {
        Optional<Path> certificatePath = path(TLS_CERT_FILE, certificate);
        Optional<Path> keyPath = path(TLS_KEY_FILE, key);
        return certificatePath.flatMap(path -> keyPath.map(other -> new TlsFiles(path, other)));
    }

    private Optional<Path> path(Variable variable, String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            values.problems().add(variable, Problems.quote(text) + " is no path; expected that of a PEM file");
            return Optional.empty();
        }
    }

    private void check(TlsFiles files) {
        for (TlsFileException problem : ServerIdentity.problems(files)) {
            values.problems().add(problem.file() == TlsFile.KEY ? TLS_KEY_FILE : TLS_CERT_FILE, problem.getMessage());
        }
    }
}
