package app.realtime.security;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/** Makes keys and tokens for tests. */
final class Tokens {

    static final String SECRET = "a secret of more than thirty-two bytes";

    private Tokens() {}

    static String hs256(String claims) {
        return sign("HS256", new HmacKey(SECRET.getBytes(StandardCharsets.UTF_8)), Optional.empty(), claims);
    }

    static String sign(String algorithm, Key key, Optional<String> keyId, String claims) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        signature.setDoKeyValidation(false);
        signature.setAlgorithmHeaderValue(algorithm);
        keyId.ifPresent(signature::setKeyIdHeaderValue);
        signature.setKey(key);
        signature.setPayload(claims);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token with any text as its header, and a signature that is not one. */
    static String unsigned(String header, String claims) {
        return base64(header) + '.' + base64(claims) + '.';
    }

    static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static KeyPair rsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair ec(String algorithm) {
        try {
            var pair = EcJwkGenerator.generateJwk(
                    switch (algorithm) {
                        case "ES256" -> EllipticCurves.P256;
                        case "ES384" -> EllipticCurves.P384;
                        default -> EllipticCurves.P521;
                    });
            return new KeyPair(pair.getPublicKey(), pair.getPrivateKey());
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    static String pem(PublicKey key) {
        return pem("PUBLIC KEY", key.getEncoded());
    }

    static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }

    static String jwk(PublicKey key, String keyId, String extraMembers) {
        try {
            PublicJsonWebKey jwk = PublicJsonWebKey.Factory.newPublicJwk(key);
            jwk.setKeyId(keyId);
            String json = jwk.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
            return json.substring(0, json.length() - 1) + extraMembers + '}';
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    static String jwks(String... keys) {
        return "{\"keys\":[" + String.join(",", keys) + "]}";
    }
}
