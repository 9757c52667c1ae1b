package app.realtime.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * What the server is given: a keystore, and the configuration that has the public port use it. The password is a new one
 * for each start, and nobody but the owner may read either. Not thread-safe.
 */
final class EndpointFiles {

    private static final String CONFIGURATION = "endpoint.xml";
    private static final String ALIAS = "public";
    private static final int PASSWORD_BYTES = 32;
    private static final boolean POSIX =
            Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix");

    /** liberty/public-https.xml includes it. The protocols are the two that RFC 9325 allows. */
    private static final String TEMPLATE = """
            <?xml version="1.0" encoding="UTF-8"?>
            <server description="Written by the service when it starts: docs/tls.md">
              <variable name="public.enabled" value="true"/>
              <httpEndpoint id="publicEndpoint">
                <sslOptions sslRef="publicTls" suppressHandshakeErrors="true"/>
              </httpEndpoint>
              <keyStore id="publicKeys" type="PKCS12" readOnly="true" updateTrigger="mbean"
                        location="${public.tls.directory}/%s" password="%s"/>
              <ssl id="publicTls" keyStoreRef="publicKeys" sslProtocol="TLSv1.2,TLSv1.3"/>
            </server>
            """;

    private final Path directory;
    private final Path keyStore;
    private final char[] password;

    EndpointFiles(Path directory) {
        SecureRandom random = new SecureRandom();
        byte[] secret = new byte[PASSWORD_BYTES];
        byte[] name = new byte[4];
        random.nextBytes(secret);
        random.nextBytes(name);
        this.directory = directory;
        // A name of its own: what an earlier start has left, with another password, is not mistaken for it.
        this.keyStore = directory.resolve("keys-" + HexFormat.of().formatHex(name) + ".p12");
        this.password =
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret).toCharArray();
    }

    Path configuration() {
        return directory.resolve(CONFIGURATION);
    }

    Path keyStore() {
        return keyStore;
    }

    /** Writes all, over what an earlier start has left. */
    void create(ServerIdentity identity) throws IOException, GeneralSecurityException {
        Files.createDirectories(directory, ownerOnly("rwx------"));
        delete();
        store(identity);
        String text = TEMPLATE.formatted(keyStore.getFileName(), new String(password));
        replace(configuration(), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Writes the keystore alone. */
    void store(ServerIdentity identity) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(ALIAS, identity.key(), password, identity.chain().toArray(Certificate[]::new));
        replace(keyStore, out -> {
            try {
                store.store(out, password);
            } catch (GeneralSecurityException e) {
                throw new IOException("The JVM cannot encrypt a keystore", e);
            }
        });
    }

    void delete() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** At once: whoever reads finds the old content or the new. */
    private void replace(Path file, Writing content) throws IOException {
        Path draft = Files.createTempFile(directory, "draft-", "", ownerOnly("rw-------"));
        try (OutputStream out = Files.newOutputStream(draft)) {
            content.to(out);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Writes a file's content. */
    @FunctionalInterface
    private interface Writing {

        void to(OutputStream out) throws IOException;
    }
}
