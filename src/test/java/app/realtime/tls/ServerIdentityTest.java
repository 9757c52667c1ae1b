package app.realtime.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.realtime.tls.TestCertificates.Made;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerIdentityTest {

    @TempDir
    private static Path directory;

    private static Made rsa;
    private static Made ec;
    private static Made ed25519;

    @BeforeAll
    static void make() {
        TestCertificates certificates = new TestCertificates(directory);
        rsa = certificates.make("rsa", "RSA", "-keysize", "2048");
        ec = certificates.make("ec", "EC", "-groupname", "secp256r1");
        ed25519 = certificates.make("ed25519", "Ed25519");
    }

    private static ServerIdentity parse(String certificate, String key) throws TlsFileException {
        return ServerIdentity.parse(new TlsFiles.Contents(certificate, key));
    }

    private static TlsFileException refused(String certificate, String key) {
        TlsFileException refused = catchThrowableOfType(TlsFileException.class, () -> parse(certificate, key));
        assertThat(refused).as("a refusal").isNotNull();
        assertThat(refused).message().contains("; expected a PEM file");
        return refused;
    }

    @Test
    void readsKeysInPkcs8() throws TlsFileException {
        for (Made made : List.of(rsa, ec, ed25519)) {
            ServerIdentity identity = parse(made.certificatePem(), made.keyPem());
            assertThat(identity.key()).isEqualTo(made.key());
            assertThat(identity.chain()).isEqualTo(made.chain());
        }
    }

    @Test
    void readsTheOlderFormsOfRsaAndEcKeys() throws TlsFileException {
        for (Made made : List.of(rsa, ec)) {
            assertThat(parse(made.certificatePem(), made.olderKeyPem()).key()).isEqualTo(made.key());
        }
    }

    @Test
    void passesOverWhatOthersWriteIntoSuchFiles() throws TlsFileException {
        String curve = Made.pem("EC PARAMETERS", new byte[] {6, 1, 1});
        String certificate = "subject=CN=ec\r\n" + ec.certificatePem().replace("\n", "\r\n");
        assertThat(parse(certificate, curve + ec.olderKeyPem()).key()).isEqualTo(ec.key());
    }

    @Test
    void takesCertificateAndKeyFromOneFile() throws TlsFileException {
        String both = rsa.keyPem() + rsa.certificatePem();
        assertThat(parse(both, both).key()).isEqualTo(rsa.key());
    }

    @Test
    void keepsTheChainInItsOrderAndRefusesAnother() throws TlsFileException {
        TestCertificates certificates = new TestCertificates(directory);
        certificates.make("root", "EC", "-ext", "bc:critical");
        Made leaf = certificates.make("leaf", "EC", "-signer", "root");
        assertThat(leaf.chain()).hasSize(2);
        assertThat(parse(leaf.certificatePem(), leaf.keyPem()).chain()).isEqualTo(leaf.chain());

        List<X509Certificate> reversed = new ArrayList<>(leaf.chain());
        Collections.reverse(reversed);
        TlsFileException refused = refused(new Made(reversed, leaf.key()).certificatePem(), leaf.keyPem());
        assertThat(refused.file()).isEqualTo(TlsFile.CERTIFICATE);
        assertThat(refused).hasMessageContaining("number 2 is not that of the issuer of number 1");
    }

    @Test
    void refusesAKeyThatIsNotTheCertificates() {
        Made other = new TestCertificates(directory).make("other", "RSA", "-keysize", "2048");
        for (Made wrong : List.of(other, ec, ed25519)) {
            TlsFileException refused = refused(rsa.certificatePem(), wrong.keyPem());
            assertThat(refused.file()).isEqualTo(TlsFile.KEY);
            assertThat(refused).hasMessageContaining("not that of the first certificate");
        }
        assertThat(refused(ec.certificatePem(), rsa.keyPem())).hasMessageContaining("not that of the first");
    }

    @Test
    void refusesEncryptedKeysAndSaysWhatToDo() {
        String pkcs8 = rsa.keyPem().replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY");
        String pkcs1 = rsa.olderKeyPem()
                .replace("KEY-----\nM", "KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nM");
        assertThat(pkcs1).contains("DEK-Info");
        for (String key : List.of(pkcs8, pkcs1)) {
            TlsFileException refused = refused(rsa.certificatePem(), key);
            assertThat(refused.file()).isEqualTo(TlsFile.KEY);
            assertThat(refused).hasMessageContaining("is encrypted").hasMessageContaining("openssl pkey");
        }
    }

    @Test
    void refusesWhatIsMissingOrDamaged() {
        byte[] noise = new byte[200];
        new SecureRandom().nextBytes(noise);
        assertThat(refused("text", rsa.keyPem())).hasMessageContaining("without a certificate");
        assertThat(refused(rsa.keyPem(), rsa.keyPem())).hasMessageContaining("without a certificate");
        assertThat(refused(Made.pem("CERTIFICATE", noise), rsa.keyPem()))
                .hasMessageContaining("certificate number 1 is damaged");
        assertThat(refused(rsa.certificatePem(), rsa.certificatePem())).hasMessageContaining("without a private key");
        for (String label : List.of("PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY")) {
            assertThat(refused(rsa.certificatePem(), Made.pem(label, noise)))
                    .hasMessageContaining("private key is damaged");
        }
    }

    @Test
    void showsNothingOfTheKey() throws TlsFileException {
        ServerIdentity identity = parse(rsa.certificatePem(), rsa.keyPem());
        assertThat(identity).asString().startsWith("CN=rsa, valid until 2");
        assertThat(new TlsFiles.Contents(rsa.certificatePem(), rsa.keyPem()))
                .asString()
                .hasSizeLessThan(20);
    }
}
