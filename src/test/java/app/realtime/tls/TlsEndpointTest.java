package app.realtime.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.realtime.tls.TestCertificates.Made;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The looks are taken by hand; the endpoint's own come in between and change nothing about what is seen. */
class TlsEndpointTest {

    private static final Pattern CONFIGURED = Pattern.compile(
            "location=\"\\$\\{public.tls.directory}/(keys-[0-9a-f]+\\.p12)\" password=\"([^\"]{40,})\"");

    @TempDir
    private static Path made;

    private static Made first;
    private static Made second;
    private static Made expired;

    @TempDir
    private Path directory;

    private final BlockingQueue<Path> notices = new LinkedBlockingQueue<>();
    private final BlockingQueue<LogRecord> records = new LinkedBlockingQueue<>();
    private final Handler log = new Handler() {
        @Override
        public void publish(LogRecord record) {
            records.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);

    private Path output;
    private TlsEndpoint endpoint;

    @BeforeAll
    static void make() {
        TestCertificates certificates = new TestCertificates(made);
        first = certificates.make("first", "EC");
        second = certificates.make("second", "EC");
        expired = certificates.make("expired", "EC", "-startdate", "-9d", "-validity", "1");
    }

    @BeforeEach
    void open() throws Exception {
        Logger.getLogger(TlsEndpoint.class.getName()).addHandler(log);
        output = directory.resolve("output");
        first.writeTo(directory.resolve("..1"));
        link("..data", "..1");
        link("tls.crt", "..data/tls.crt");
        link("tls.key", "..data/tls.key");
        endpoint = endpoint();
        endpoint.open(scheduler);
        assertThat(notices.poll(10, TimeUnit.SECONDS)).isEqualTo(output.resolve("endpoint.xml"));
    }

    @AfterEach
    void close() {
        Logger.getLogger(TlsEndpoint.class.getName()).removeHandler(log);
        scheduler.shutdownNow();
        endpoint.close();
    }

    private TlsEndpoint endpoint() {
        TlsFiles files = new TlsFiles(directory.resolve("tls.crt"), directory.resolve("tls.key"));
        return new TlsEndpoint(new TlsSettings.Pem(files, output), notices::add, Clock.systemUTC());
    }

    private void link(String name, String target) throws IOException {
        Path draft = Files.createSymbolicLink(directory.resolve("draft"), Path.of(target));
        Files.move(draft, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** What the server would present, by the file and the password that it is told. */
    private Certificate served() throws Exception {
        Matcher configured = CONFIGURED.matcher(
                Files.readString(output.resolve("endpoint.xml")).replaceAll("\\s+", " "));
        assertThat(configured.find()).isTrue();
        KeyStore store = KeyStore.getInstance("PKCS12");
        char[] password = configured.group(2).toCharArray();
        try (InputStream in = Files.newInputStream(output.resolve(configured.group(1)))) {
            store.load(in, password);
        }
        assertThat(store.getKey("public", password)).isNotNull();
        return store.getCertificate("public");
    }

    private List<String> logged(Level level) {
        return records.stream()
                .filter(record -> record.getLevel() == level)
                .map(LogRecord::getMessage)
                .toList();
    }

    @Test
    void writesAKeystoreAndTellsTheServer() throws Exception {
        assertThat(served()).isEqualTo(first.chain().get(0));
        endpoint.look();
        assertThat(notices).isEmpty();
        assertThat(logged(Level.INFO)).singleElement().asString().contains("CN=first, valid until");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void letsNobodyElseReadIt() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(output)))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(output)) {
            assertThat(files)
                    .hasSize(2)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void leavesNothingOfAnEarlierStartNorOfItself() throws Exception {
        Matcher before = CONFIGURED.matcher(
                Files.readString(output.resolve("endpoint.xml")).replaceAll("\\s+", " "));
        assertThat(before.find()).isTrue();
        try (TlsEndpoint next = endpoint()) {
            next.open(scheduler);
            assertThat(output.resolve(before.group(1))).doesNotExist();
            assertThat(Files.readString(output.resolve("endpoint.xml"))).doesNotContain(before.group(2));
            assertThat(served()).isEqualTo(first.chain().get(0));
        }
        assertThat(output).isEmptyDirectory();
    }

    @Test
    void takesANewPairThatALinkBrings() throws Exception {
        second.writeTo(directory.resolve("..2"));
        link("..data", "..2");
        endpoint.look();
        assertThat(served()).isEqualTo(second.chain().get(0));
        assertThat(notices).singleElement().asString().endsWith(".p12");
        assertThat(logged(Level.INFO)).hasSize(2).last().asString().contains("CN=second");
        assertThat(logged(Level.SEVERE)).isEmpty();
    }

    @Test
    void keepsWhatItHasAndSaysOnceWhatIsWrong() throws Exception {
        Files.writeString(directory.resolve("..1/tls.key"), second.keyPem());
        for (int i = 0; i < 5; i++) {
            endpoint.look();
        }
        assertThat(served()).isEqualTo(first.chain().get(0));
        assertThat(logged(Level.SEVERE))
                .singleElement()
                .asString()
                .contains("stays, that of CN=first", "TLS_KEY_FILE: ", "not that of the first certificate");

        Files.delete(directory.resolve("..1/tls.crt"));
        for (int i = 0; i < 5; i++) {
            endpoint.look();
        }
        assertThat(logged(Level.SEVERE)).hasSize(2).last().asString().contains("TLS_CERT_FILE: ", "cannot be read");

        second.writeTo(directory.resolve("..1"));
        endpoint.look();
        assertThat(served()).isEqualTo(second.chain().get(0));
    }

    @Test
    void warnsOnceOfACertificateThatHasExpiredAndTakesIt() throws Exception {
        expired.writeTo(directory.resolve("..1"));
        for (int i = 0; i < 3; i++) {
            endpoint.look();
        }
        assertThat(served()).isEqualTo(expired.chain().get(0));
        assertThat(logged(Level.WARNING)).singleElement().asString().contains("TLS_CERT_FILE: ", "expired at ");
    }

    @Test
    void doesNotBeginWithAPairThatIsNoGood() throws IOException {
        Files.writeString(directory.resolve("..1/tls.key"), second.keyPem());
        try (TlsEndpoint next = endpoint()) {
            assertThatThrownBy(() -> next.open(scheduler)).hasMessageStartingWith("TLS_KEY_FILE: ");
        }
    }
}
