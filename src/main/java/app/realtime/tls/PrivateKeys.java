package app.realtime.tls;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;

/** The private key of a PEM text: PKCS #8, PKCS #1 (RSA) or SEC 1 (EC). */
final class PrivateKeys {

    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

    private PrivateKeys() {}

    /** @param publicKey the key that it is to belong to; the older forms do not say all of it themselves */
    static PrivateKey parse(String text, PublicKey publicKey) throws TlsFileException {
        PemBlocks.Block block = block(text);
        try {
            byte[] der = block.der();
            return decode(block.label().equals("PRIVATE KEY") ? der : Pkcs8.wrap(der, publicKey), publicKey);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            String other = block.label().equals("PRIVATE KEY") ? "" : ", or belongs to a certificate of another kind";
            throw new TlsFileException(TlsFile.KEY, "names a file whose private key is damaged" + other, e);
        }
    }

    /** The block that holds it, in any of the forms. */
    static PemBlocks.Block block(String text) throws TlsFileException {
        Optional<PemBlocks.Block> block = PemBlocks.of(text).stream()
                .filter(some -> some.label().endsWith("PRIVATE KEY"))
                .findFirst();
        if (block.isEmpty()) {
            throw new TlsFileException(TlsFile.KEY, "names a file without a private key in PEM form");
        }
        if (block.get().isEncrypted()) {
            throw new TlsFileException(
                    TlsFile.KEY,
                    "names a file whose private key is encrypted, and its passphrase is not known here"
                            + " (openssl pkey writes it without)");
        }
        return block.get();
    }

    private static PrivateKey decode(byte[] pkcs8, PublicKey publicKey) throws GeneralSecurityException {
        GeneralSecurityException failure = null;
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException e) {
                if (failure == null || algorithm.equals(publicKey.getAlgorithm())) {
                    failure = e;
                }
            }
        }
        throw failure;
    }
}
