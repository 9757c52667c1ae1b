package app.realtime.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A certificate with its chain, and the private key that belongs to it. Immutable. */
public final class ServerIdentity {

    private static final byte[] SAMPLE = {1, 2, 3};

    private final List<X509Certificate> chain;
    private final PrivateKey key;

    private ServerIdentity(List<X509Certificate> chain, PrivateKey key) {
        this.chain = chain;
        this.key = key;
    }

    /** @throws TlsFileException for the first that is wrong */
    public static ServerIdentity parse(TlsFiles.Contents contents) throws TlsFileException {
        List<X509Certificate> chain = CertificateChain.parse(contents.certificate());
        return new ServerIdentity(chain, fitting(contents.key(), chain.get(0).getPublicKey()));
    }

    /** What is wrong with either file, at most one problem of each; empty if they can be used. */
    public static List<TlsFileException> problems(TlsFiles files) {
        List<TlsFileException> problems = new ArrayList<>();
        Optional<PublicKey> publicKey = Optional.empty();
        try {
            publicKey = Optional.of(CertificateChain.parse(files.read(TlsFile.CERTIFICATE))
                    .get(0)
                    .getPublicKey());
        } catch (TlsFileException e) {
            problems.add(e);
        }
        try {
            String key = files.read(TlsFile.KEY);
            PrivateKeys.block(key);
            if (publicKey.isPresent()) {
                fitting(key, publicKey.get());
            }
        } catch (TlsFileException e) {
            problems.add(e);
        }
        return problems;
    }

    private static PrivateKey fitting(String text, PublicKey publicKey) throws TlsFileException {
        PrivateKey key = PrivateKeys.parse(text, publicKey);
        if (!belong(publicKey, key)) {
            throw new TlsFileException(
                    TlsFile.KEY,
                    "names a file whose private key is not that of the first certificate in TLS_CERT_FILE");
        }
        return key;
    }

    private static boolean belong(PublicKey publicKey, PrivateKey key) {
        if (publicKey instanceof RSAKey its && key instanceof RSAKey ours) {
            return its.getModulus().equals(ours.getModulus());
        }
        try {
            String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : key.getAlgorithm();
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(SAMPLE);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(SAMPLE);
            return signature.verify(signed);
        } catch (GeneralSecurityException ofDifferentKinds) {
            return false;
        }
    }

    List<X509Certificate> chain() {
        return chain;
    }

    PrivateKey key() {
        return key;
    }

    /** What clients will object to, if anything. */
    Optional<String> objection(Instant now) {
        Instant begin = chain.get(0).getNotBefore().toInstant();
        Instant end = chain.get(0).getNotAfter().toInstant();
        if (now.isAfter(end)) {
            return Optional.of("expired at " + end);
        }
        return now.isBefore(begin) ? Optional.of("is not valid before " + begin) : Optional.empty();
    }

    /** The certificate's subject and its end. */
    @Override
    public String toString() {
        return chain.get(0).getSubjectX500Principal().getName() + ", valid until "
                + chain.get(0).getNotAfter().toInstant();
    }
}
