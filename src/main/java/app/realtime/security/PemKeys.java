package app.realtime.security;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the public keys and certificates of a PEM text (RFC 7468). */
final class PemKeys {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]++)-----([A-Za-z0-9+/=\\s]*+)-----END \\1-----");

    private PemKeys() {}

    static List<VerificationKey> parse(String text) {
        List<VerificationKey> keys = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            keys.add(VerificationKey.of(Optional.empty(), decode(blocks.group(1), blocks.group(2)), Optional.empty()));
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("holds neither PEM nor JSON");
        }
        return keys;
    }

    private static PublicKey decode(String label, String base64) {
        try {
            byte[] der = Base64.getMimeDecoder().decode(base64);
            return switch (label) {
                case "PUBLIC KEY" -> publicKey(der);
                case "CERTIFICATE" ->
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(der))
                            .getPublicKey();
                default ->
                    throw new IllegalArgumentException("holds a PEM block \"" + label
                            + "\" where PUBLIC KEY or CERTIFICATE is expected"
                            + (label.endsWith("PRIVATE KEY") ? "; a private key has no place here" : ""));
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("holds a damaged PEM block \"" + label + '"', e);
        }
    }

    private static PublicKey publicKey(byte[] der) throws GeneralSecurityException {
        X509EncodedKeySpec spec = new X509EncodedKeySpec(der);
        try {
            return KeyFactory.getInstance("RSA").generatePublic(spec);
        } catch (InvalidKeySpecException notRsa) {
            return KeyFactory.getInstance("EC").generatePublic(spec);
        }
    }
}
