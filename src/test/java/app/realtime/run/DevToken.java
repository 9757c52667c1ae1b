package app.realtime.run;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Prints a JSON Web Token for development, signed with the shared secret: {@code mvn -q -Ptoken -Duser=demo}. */
public final class DevToken {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String DEFAULT_SECRET = "your-secret-key-change-in-production";
    private static final String USAGE = "mvn -q -Ptoken -Duser=demo [-Drole=user] [-Dminutes=60]";

    private DevToken() {}

    public static void main(String[] arguments) {
        String user = Tools.required("user", USAGE);
        String minutes = Tools.property("minutes", "60");
        if (!minutes.matches("-?[0-9]{1,7}")) {
            throw Tools.refuse("-Dminutes is \"" + minutes + "\", which is no number. Usage: " + USAGE);
        }
        System.out.print(
                token(user, Tools.property("role", "user"), Duration.ofMinutes(Long.parseLong(minutes))) + "\n");
        System.out.flush();
        // Maven would add a terminal's colour reset after the token, which scripts take as a part of it.
        Runtime.getRuntime().halt(0);
    }

    /** A token for the secret in JWT_SECRET, or the default one. A negative validity makes an expired token. */
    static String token(String user, String role, Duration validity) {
        Instant now = Instant.now();
        ObjectNode claims = JSON.createObjectNode()
                .put("userId", user)
                .put("email", user + "@example.com")
                .put("role", role)
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(validity).getEpochSecond());
        String header =
                JSON.createObjectNode().put("alg", "HS256").put("typ", "JWT").toString();
        String signed = encode(header.getBytes(StandardCharsets.UTF_8)) + "."
                + encode(claims.toString().getBytes(StandardCharsets.UTF_8));
        return signed + "." + encode(sign(signed, Tools.environment("JWT_SECRET", DEFAULT_SECRET)));
    }

    private static byte[] sign(String text, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256", e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
