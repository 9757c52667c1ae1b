package app.realtime.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Certificates for this machine's own names, made by the JDK's keytool in a directory that the caller deletes. */
public final class TestCertificates {

    /** The password of {@link #keyStore}, which keytool wants to be of six characters or more. */
    public static final String PASSWORD = "for-tests";

    private final Path keyStore;

    public TestCertificates(Path directory) {
        keyStore = directory.resolve("keytool.p12");
    }

    /** A PKCS #12 keystore with all that has been made. */
    public Path keyStore() {
        return keyStore;
    }

    /**
     * Makes a key and a certificate that it has signed itself.
     *
     * @param algorithm {@code RSA}, {@code EC} or {@code Ed25519}
     * @param options further ones for keytool
     */
    public Made make(String name, String algorithm, String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                keyStore.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-keyalg",
                algorithm,
                "-ext",
                "san=dns:localhost,ip:127.0.0.1"));
        command.addAll(List.of(options));
        run(command);
        try (InputStream in = Files.newInputStream(keyStore)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return new Made(
                    Arrays.stream(store.getCertificateChain(name))
                            .map(X509Certificate.class::cast)
                            .toList(),
                    (PrivateKey) store.getKey(name, PASSWORD.toCharArray()));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("keytool failed: " + command);
            }
        } catch (IOException e) {
            throw new IllegalStateException("keytool cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    /** A certificate with those of its issuers, and its key. */
    public record Made(List<X509Certificate> chain, PrivateKey key) {

        public String certificatePem() {
            return chain.stream().map(Made::pem).collect(Collectors.joining());
        }

        /** In PKCS #8. */
        public String keyPem() {
            return pem("PRIVATE KEY", key.getEncoded());
        }

        /** In PKCS #1 or SEC 1: what PKCS #8 is around. */
        String olderKeyPem() {
            byte[] pkcs8 = key.getEncoded();
            // Behind version and algorithm, with all lengths, as they are for RSA with 2048 bits, and for EC on P-256.
            int begin = key.getAlgorithm().equals("RSA") ? 26 : 28;
            return pem(key.getAlgorithm() + " PRIVATE KEY", Arrays.copyOfRange(pkcs8, begin, pkcs8.length));
        }

        /** Writes both files, as {@code tls.crt} and {@code tls.key}. */
        public void writeTo(Path directory) throws IOException {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("tls.crt"), certificatePem());
            Files.writeString(directory.resolve("tls.key"), keyPem());
        }

        private static String pem(Certificate certificate) {
            try {
                return pem("CERTIFICATE", certificate.getEncoded());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        static String pem(String label, byte[] der) {
            return "-----BEGIN " + label + "-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label
                    + "-----\n";
        }
    }
}
