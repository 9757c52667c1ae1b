package app.realtime.contract;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes tokens, and remembers all of them, because none may ever be found in a log. Thread-safe. */
public final class TokenMint {

    public static final String DEFAULT_SECRET = "your-secret-key-change-in-production";

    private static final Set<String> ISSUED = ConcurrentHashMap.newKeySet();

    private final String secret;

    public TokenMint(String secret) {
        this.secret = secret;
    }

    /** Every token made so far, by any mint. */
    public static Set<String> issued() {
        return Set.copyOf(ISSUED);
    }

    /** The claims of the seed, valid for an hour. */
    static ObjectNode claims(String user, String role) {
        return claims(user, role, Duration.ofHours(1));
    }

    static ObjectNode claims(String user, String role, Duration validity) {
        Instant now = Instant.now();
        return JsonMapper.shared()
                .createObjectNode()
                .put("userId", user)
                .put("email", user + "@example.com")
                .put("role", role)
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(validity).getEpochSecond());
    }

    /** A token of an ordinary user. */
    public String user(String user) {
        return user(user, Duration.ofHours(1));
    }

    /** A token of an ordinary user, for so many seconds from now. */
    public String user(String user, Duration validity) {
        return sign(claims(user, "user", validity));
    }

    /** A token of somebody with this role, for so long from now. */
    public String of(String user, String role, Duration validity) {
        return sign(claims(user, role, validity));
    }

    String sign(ObjectNode claims) {
        return sign("HS256", new HmacKey(secret.getBytes(StandardCharsets.UTF_8)), claims);
    }

    static String sign(String algorithm, Key key, ObjectNode claims) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        signature.setDoKeyValidation(false);
        signature.setAlgorithmHeaderValue(algorithm);
        signature.setKey(key);
        signature.setPayload(claims.toString());
        try {
            return issue(signature.getCompactSerialization());
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code alg: none}, without a signature. */
    static String unsigned(ObjectNode claims) {
        return issue(encode("{\"alg\":\"none\",\"typ\":\"JWT\"}") + '.' + encode(claims.toString()) + '.');
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String issue(String token) {
        ISSUED.add(token);
        return token;
    }
}
