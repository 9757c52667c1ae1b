package app.realtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.tls.TestCertificates;
import app.realtime.tls.TestCertificates.Made;
import app.realtime.tls.TlsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsVariablesTest {

    @TempDir
    private static Path directory;

    private static String certificate;
    private static String key;
    private static String otherKey;
    private static String text;

    private final Problems problems = new Problems();

    @BeforeAll
    static void make() throws IOException {
        TestCertificates certificates = new TestCertificates(directory);
        Made made = certificates.make("one", "EC");
        made.writeTo(directory);
        certificate = directory.resolve("tls.crt").toString();
        key = directory.resolve("tls.key").toString();
        otherKey = Files.writeString(
                        directory.resolve("other.key"),
                        certificates.make("two", "EC").keyPem())
                .toString();
        text = Files.writeString(directory.resolve("text"), "nothing\n").toString();
    }

    private TlsSettings read(String... pairs) {
        Map<String, String> variables = new HashMap<>(Map.of(TlsVariables.DIRECTORY, "/out/tls"));
        for (int i = 0; i < pairs.length; i += 2) {
            variables.put(pairs[i], pairs[i + 1]);
        }
        Values values = new Values(name -> Optional.ofNullable(variables.get(name)), problems);
        return new TlsVariables(values).read();
    }

    @Test
    void takesBoth() {
        TlsSettings settings = read("TLS_CERT_FILE", certificate, "TLS_KEY_FILE", key);
        assertThat(problems.lines()).isEmpty();
        TlsSettings.Pem pem = settings.files().orElseThrow();
        assertThat(pem.files().certificate()).isEqualTo(Path.of(certificate));
        assertThat(pem.files().key()).isEqualTo(Path.of(key));
        assertThat(pem.directory()).isEqualTo(Path.of("/out/tls"));
    }

    @Test
    void takesNeither() {
        assertThat(read().files()).isEmpty();
        assertThat(problems.lines()).isEmpty();
    }

    @Test
    void missesTheKey() {
        read("TLS_CERT_FILE", certificate);
        assertThat(problems.lines())
                .containsExactly("TLS_KEY_FILE: is not set, but TLS_CERT_FILE is; expected both, or neither");
    }

    @Test
    void missesTheCertificate() {
        read("TLS_KEY_FILE", key, "TLS_CERT_FILE", "");
        assertThat(problems.lines())
                .contains("TLS_CERT_FILE: is not set, but TLS_KEY_FILE is; expected both, or neither");
    }

    @Test
    void findsOutThatTheServerHasAnotherPort() {
        read("TLS_CERT_FILE", certificate, "TLS_KEY_FILE", key, TlsVariables.DIRECTORY, "");
        assertThat(problems.lines())
                .singleElement()
                .asString()
                .startsWith("TLS_CERT_FILE: is set, but this server does not have its public port for TLS; expected ");
    }

    @Test
    void findsOutThatTheServerWaitsForACertificateThatNeverComes() {
        read("TLS_CERT_FILE", " ");
        assertThat(problems.lines()).singleElement().asString().startsWith("TLS_CERT_FILE: is blank; expected ");
    }

    @Test
    void saysWhatIsWrongWithEachFile() {
        read("TLS_CERT_FILE", text, "TLS_KEY_FILE", "/no/such/file");
        assertThat(problems.lines())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line)
                        .matches("TLS_CERT_FILE: names a file without a certificate in PEM form; expected .*"))
                .anySatisfy(
                        line -> assertThat(line)
                                .matches(
                                        "TLS_KEY_FILE: names a file that cannot be read \\(NoSuchFileException\\); expected .*"));
    }

    @Test
    void findsAKeyThatDoesNotFit() {
        read("TLS_CERT_FILE", certificate, "TLS_KEY_FILE", otherKey);
        assertThat(problems.lines())
                .singleElement()
                .asString()
                .startsWith("TLS_KEY_FILE: names a file whose private key is not that of the first certificate");
    }

    @Test
    void refusesWhatIsNoPath() {
        read("TLS_CERT_FILE", "a\0b", "TLS_KEY_FILE", key);
        assertThat(problems.lines()).containsExactly("TLS_CERT_FILE: \"a?b\" is no path; expected that of a PEM file");
    }
}
