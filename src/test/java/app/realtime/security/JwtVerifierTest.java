package app.realtime.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.realtime.identity.Identity;
import app.realtime.identity.TokenRefusedException;
import app.realtime.identity.TokenRefusedException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtVerifierTest {

    private static final Instant NOW = Instant.parse("2024-06-01T12:00:00Z");
    private static final long SECONDS = NOW.getEpochSecond();
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final ScheduledExecutorService SCHEDULER = Executors.newSingleThreadScheduledExecutor();

    @TempDir
    Path directory;

    @AfterAll
    static void stop() {
        SCHEDULER.shutdownNow();
    }

    @Test
    void readsTheClaimsOfTheSeed() throws TokenRefusedException {
        Identity.User user = withSecret()
                .verify(Tokens.hs256("{\"userId\":\"user123\",\"email\":\"user@example.com\",\"role\":\"user\",\"iat\":"
                        + SECONDS + ",\"exp\":" + (SECONDS + 60) + '}'));

        assertThat(user.userId()).isEqualTo("user123");
        assertThat(user.email()).contains("user@example.com");
        assertThat(user.roles()).containsExactly("user");
        assertThat(user.rooms()).isEmpty();
        assertThat(user.expiresAt()).contains(NOW.plusSeconds(60));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"userId\":\"a\",\"upn\":\"b\",\"sub\":\"c\"}|a",
                "{\"upn\":\"b\",\"sub\":\"c\"}|b",
                "{\"sub\":\"c\"}|c",
                "{\"userId\":null,\"sub\":\"c\"}|c",
                "{\"userId\":42}|42",
                "{\"userId\":12345678901}|12345678901",
                "{\"userId\":1.5}|1.5",
                "{\"upn\":\"ann@example.com\"}|ann@example.com",
                "{\"sub\":\"google/Zoë 😀\"}|google/Zoë 😀",
            })
    void takesTheUserFromTheFirstClaimThatNamesOne(String claims, String userId) throws TokenRefusedException {
        assertThat(withSecret().verify(Tokens.hs256(claims)).userId()).isEqualTo(userId);
    }

    @Test
    void takesAUserIdOf256Characters() throws TokenRefusedException {
        String id = "x".repeat(256);
        JwtVerifier verifier = withSecret();

        assertThat(verifier.verify(Tokens.hs256("{\"sub\":\"" + id + "\"}")).userId())
                .isEqualTo(id);
        assertThatThrownBy(() -> verifier.verify(Tokens.hs256("{\"sub\":\"" + id + "x\"}")))
                .hasMessageContaining("sub must be a text of 1 to 256 characters");
    }

    @Test
    void neverExpiresWithoutExp() throws TokenRefusedException {
        assertThat(withSecret().verify(Tokens.hs256("{\"sub\":\"a\"}")).expiresAt())
                .isEmpty();
    }

    @Test
    void joinsRoleAndGroups() throws TokenRefusedException {
        Identity.User user = withSecret()
                .verify(Tokens.hs256("{\"sub\":\"a\",\"role\":\"admin\",\"groups\":[\"user\",\"service\"]}"));

        assertThat(user.roles()).containsExactlyInAnyOrder("admin", "user", "service");
    }

    @Test
    void readsTheListOfRooms() throws TokenRefusedException {
        Identity.User user =
                withSecret().verify(Tokens.hs256("{\"sub\":\"a\",\"rooms\":[\"survey:*\",\"project:1\"]}"));

        assertThat(user.rooms()).contains(List.of("survey:*", "project:1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "not json",
                "{\"sub\":\"a\",\"sub\":\"b\"}",
                "{\"userId\":\"\"}",
                "{\"userId\":\"  \"}",
                "{\"userId\":\"two\\nlines\"}",
                "{\"userId\":\"two\\u2028lines\"}",
                "{\"userId\":\"half \\ud83d\"}",
                "{\"userId\":1e256}",
                "{\"userId\":\"\",\"sub\":\"c\"}",
                "{\"userId\":true}",
                "{\"userId\":{}}",
                "{\"userId\":1e999}",
                "{\"sub\":\"a\",\"rooms\":null}",
                "{\"sub\":\"a\",\"rooms\":\"global\"}",
                "{\"sub\":\"a\",\"rooms\":[1]}",
                "{\"sub\":\"a\",\"rooms\":{}}",
                "{\"sub\":\"a\",\"email\":1}",
                "{\"sub\":\"a\",\"role\":{}}",
                "{\"sub\":\"a\",\"groups\":[null]}",
                "{\"sub\":\"a\",\"exp\":\"tomorrow\"}",
                "{\"sub\":\"a\",\"exp\":1e300}",
                "{\"sub\":\"a\",\"exp\":99999999999999999999999999}",
                "{\"sub\":\"a\",\"nbf\":[]}",
            })
    void refusesClaimsOfAWrongForm(String claims) {
        assertThat(refusal(withSecret(), Tokens.hs256(claims)).reason()).isEqualTo(Reason.INVALID);
    }

    @Test
    void namesTheClaimThatIsWrong() {
        assertThat(refusal(withSecret(), Tokens.hs256("{\"sub\":\"a\",\"rooms\":\"global\"}")))
                .hasMessage("Token claim rooms must be an array of strings");
    }

    @Test
    void expiresToTheSecond() throws TokenRefusedException {
        withSecret().verify(Tokens.hs256("{\"sub\":\"a\",\"exp\":" + (SECONDS + 1) + '}'));
        TokenRefusedException refusal = refusal(withSecret(), Tokens.hs256("{\"sub\":\"a\",\"exp\":" + SECONDS + '}'));

        assertThat(refusal).hasMessage("Token expired");
        assertThat(refusal.reason()).isEqualTo(Reason.EXPIRED);
    }

    @Test
    void refusesATokenThatIsNotValidYet() throws TokenRefusedException {
        withSecret().verify(Tokens.hs256("{\"sub\":\"a\",\"nbf\":" + (SECONDS + 5) + '}'));

        assertThat(refusal(withSecret(), Tokens.hs256("{\"sub\":\"a\",\"nbf\":" + (SECONDS + 6) + '}')))
                .hasMessage("Token is not valid yet");
    }

    @Test
    void refusesATokenOfAnotherIssuer() throws TokenRefusedException {
        JwtVerifier verifier = verifier(secret(), Optional.empty(), Optional.of("us"), Optional.empty());
        verifier.verify(Tokens.hs256("{\"sub\":\"a\",\"iss\":\"us\"}"));

        assertThat(refusal(verifier, Tokens.hs256("{\"sub\":\"a\",\"iss\":\"them\"}")))
                .hasMessage("Token issuer is not accepted");
        assertThat(refusal(verifier, Tokens.hs256("{\"sub\":\"a\"}"))).hasMessage("Token issuer is not accepted");
    }

    @Test
    void refusesATokenForAnotherAudience() throws TokenRefusedException {
        JwtVerifier verifier = verifier(secret(), Optional.empty(), Optional.empty(), Optional.of("us"));
        verifier.verify(Tokens.hs256("{\"sub\":\"a\",\"aud\":\"us\"}"));
        verifier.verify(Tokens.hs256("{\"sub\":\"a\",\"aud\":[\"them\",\"us\"]}"));

        for (String aud : List.of(",\"aud\":\"them\"", ",\"aud\":[]", "")) {
            assertThat(refusal(verifier, Tokens.hs256("{\"sub\":\"a\"" + aud + '}')))
                    .hasMessage("Token is meant for another audience");
        }
    }

    @Test
    void acceptsAnyAudienceAndIssuerWhereNoneIsConfigured() throws TokenRefusedException {
        assertThat(withSecret()
                        .verify(Tokens.hs256("{\"sub\":\"a\",\"aud\":\"x\",\"iss\":\"y\"}"))
                        .userId())
                .isEqualTo("a");
    }

    @Test
    void refusesAnotherSecretsSignature() {
        String token = Tokens.sign("HS256", hmac("another secret, just as long as the first"), Optional.empty(), "{}");

        assertThat(refusal(withSecret(), token)).hasMessage("Token signature is not valid");
    }

    @Test
    void refusesClaimsThatWereChanged() {
        String[] parts = Tokens.hs256("{\"sub\":\"a\"}").split("\\.");

        assertThat(refusal(withSecret(), parts[0] + '.' + Tokens.base64("{\"sub\":\"b\"}") + '.' + parts[2]))
                .hasMessage("Token signature is not valid");
    }

    @Test
    void acceptsAShortSecret() throws TokenRefusedException {
        JwtVerifier verifier =
                verifier(Optional.of(SharedSecret.of("short")), Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(verifier.verify(Tokens.sign("HS256", hmac("short"), Optional.empty(), "{\"sub\":\"a\"}"))
                        .userId())
                .isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS384", "HS512"})
    void acceptsNoOtherHmac(String algorithm) {
        String token = Tokens.sign(algorithm, hmac(Tokens.SECRET), Optional.empty(), "{\"sub\":\"a\"}");

        assertThat(refusal(withSecret(), token)).hasMessage("Token algorithm is not accepted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"none\"}",
                "{\"alg\":\"NONE\"}",
                "{\"alg\":null}",
                "{\"alg\":5}",
                "{\"alg\":[\"HS256\"]}",
                "{\"alg\":\"hs256\"}",
                "{\"alg\":\"dir\"}",
                "{\"alg\":\"\"}",
                "{}",
                "{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":false}",
            })
    void refusesATokenWithoutAProperAlgorithm(String header) throws TokenRefusedException {
        assertThat(refusal(withSecretAnd(Tokens.rsa(2048)), Tokens.unsigned(header, "{\"sub\":\"a\"}"))
                        .reason())
                .isEqualTo(Reason.INVALID);
    }

    @Test
    void acceptsNothingWithoutKeys() {
        JwtVerifier verifier = verifier(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(refusal(verifier, Tokens.hs256("{\"sub\":\"a\"}"))).hasMessage("Token algorithm is not accepted");
        assertThat(refusal(
                        verifier,
                        Tokens.sign("RS256", Tokens.rsa(2048).getPrivate(), Optional.empty(), "{\"sub\":\"a\"}")))
                .hasMessage("Token algorithm is not accepted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
    void verifiesRsaAlgorithms(String algorithm) throws TokenRefusedException {
        KeyPair keys = Tokens.rsa(2048);
        String token = Tokens.sign(algorithm, keys.getPrivate(), Optional.empty(), "{\"sub\":\"a\"}");

        assertThat(withSecretAnd(keys).verify(token).userId()).isEqualTo("a");
        assertThat(refusal(withSecretAnd(Tokens.rsa(2048)), token)).hasMessage("Token signature is not valid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "ES384", "ES512"})
    void verifiesEllipticCurveAlgorithms(String algorithm) throws TokenRefusedException {
        KeyPair keys = Tokens.ec(algorithm);
        String token = Tokens.sign(algorithm, keys.getPrivate(), Optional.of("any"), "{\"sub\":\"a\"}");

        assertThat(withSecretAnd(keys).verify(token).userId()).isEqualTo("a");
        assertThat(refusal(withSecretAnd(Tokens.ec(algorithm)), token)).hasMessage("Token signature is not valid");
    }

    @Test
    void neverTakesAPublicKeyForASecret() {
        KeyPair keys = Tokens.rsa(2048);
        String pem = Tokens.pem(keys.getPublic());
        JwtVerifier verifier = verifier(Optional.empty(), Optional.of(file(pem)), Optional.empty(), Optional.empty());

        for (byte[] bytes :
                List.of(pem.getBytes(StandardCharsets.UTF_8), keys.getPublic().getEncoded())) {
            String forged = Tokens.sign("HS256", new HmacKey(bytes), Optional.empty(), "{\"sub\":\"a\"}");
            assertThat(refusal(verifier, forged)).hasMessage("Token algorithm is not accepted");
            assertThat(refusal(withSecretAnd(keys), forged)).hasMessage("Token signature is not valid");
        }
    }

    @Test
    void picksTheKeyThatTheTokenNames() throws TokenRefusedException {
        KeyPair first = Tokens.rsa(2048);
        KeyPair second = Tokens.ec("ES256");
        JwtVerifier verifier = verifier(
                Optional.empty(),
                Optional.of(file(Tokens.jwks(
                        Tokens.jwk(first.getPublic(), "one", ""), Tokens.jwk(second.getPublic(), "two", "")))),
                Optional.empty(),
                Optional.empty());

        verifier.verify(Tokens.sign("RS256", first.getPrivate(), Optional.of("one"), "{\"sub\":\"a\"}"));
        verifier.verify(Tokens.sign("ES256", second.getPrivate(), Optional.of("two"), "{\"sub\":\"a\"}"));
        verifier.verify(Tokens.sign("ES256", second.getPrivate(), Optional.empty(), "{\"sub\":\"a\"}"));
        assertThat(refusal(verifier, Tokens.sign("RS256", first.getPrivate(), Optional.of("three"), "{\"sub\":\"a\"}")))
                .hasMessage("Token is signed with a key that is not known");
        assertThat(refusal(verifier, Tokens.sign("RS256", first.getPrivate(), Optional.of("two"), "{\"sub\":\"a\"}")))
                .hasMessage("Token is signed with a key that is not known");
    }

    @Test
    void refusesATokenThatIsTooLongBeforeReadingIt() {
        assertThat(refusal(withSecret(), "a".repeat(JwtVerifier.MAX_LENGTH + 1)))
                .hasMessage("Token is longer than 8192 characters");
    }

    @Test
    void toleratesNoCharactersThatTheDecoderWouldSkip() {
        assertThat(refusal(withSecret(), Tokens.hs256("{\"sub\":\"a\"}") + '!'))
                .hasMessage("Token is not a signed JSON Web Token in compact form");
    }

    @Property(tries = 500)
    void refusesWhateverElseItIsGiven(@ForAll String text, @ForAll String header) {
        JwtVerifier verifier = withSecret();

        assertThat(refusal(verifier, text).reason()).isEqualTo(Reason.INVALID);
        assertThat(refusal(verifier, Tokens.unsigned(header, text)).reason()).isEqualTo(Reason.INVALID);
        assertThat(refusal(verifier, Tokens.unsigned("{\"alg\":\"HS256\"}", text + " ") + "AAAA"))
                .hasMessage("Token signature is not valid");
    }

    @Property(tries = 500)
    void readsOrRefusesAnyClaims(@ForAll String text) {
        String quoted = text.replaceAll("[\"\\\\\\p{Cntrl}]", "");
        for (String claims : List.of(text, "{\"sub\":\"" + quoted + "\"}", "{\"sub\":\"a\",\"exp\":" + quoted + '}')) {
            try {
                assertThat(withSecret().verify(Tokens.hs256(claims)).userId()).isNotEmpty();
            } catch (TokenRefusedException e) {
                assertThat(e).hasMessageStartingWith("Token ");
            }
        }
    }

    private static TokenRefusedException refusal(JwtVerifier verifier, String token) {
        TokenRefusedException refusal = catchThrowableOfType(TokenRefusedException.class, () -> verifier.verify(token));
        assertThat(refusal).as("refusal").isNotNull();
        return refusal;
    }

    private static HmacKey hmac(String secret) {
        return new HmacKey(secret.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<SharedSecret> secret() {
        return Optional.of(SharedSecret.of(Tokens.SECRET));
    }

    private static JwtVerifier withSecret() {
        return verifier(secret(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private JwtVerifier withSecretAnd(KeyPair keys) {
        return verifier(secret(), Optional.of(file(Tokens.pem(keys.getPublic()))), Optional.empty(), Optional.empty());
    }

    private KeyLocation file(String content) {
        try {
            return new KeyLocation.File(Files.writeString(directory.resolve("keys"), content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JwtVerifier verifier(
            Optional<SharedSecret> secret,
            Optional<KeyLocation> keys,
            Optional<String> issuer,
            Optional<String> audience) {
        return new JwtVerifier(new TokenSettings(secret, keys, issuer, audience), CLOCK, SCHEDULER);
    }
}
