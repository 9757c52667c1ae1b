package app.realtime.security;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.api.CallerAuthenticator.ByKey;
import app.realtime.api.CallerAuthenticator.ByToken;
import app.realtime.api.CallerAuthenticator.Decision;
import app.realtime.api.CallerAuthenticator.Open;
import app.realtime.api.CallerAuthenticator.Refused;
import app.realtime.identity.Identity;
import app.realtime.identity.TokenRefusedException;
import app.realtime.identity.TokenVerifier;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiAccessTest {

    /** A token is here the name of its owner's role, but for one that has expired. */
    private static final TokenVerifier TOKENS = token -> {
        if (token.equals("expired")) {
            throw new TokenRefusedException(TokenRefusedException.Reason.EXPIRED, "The token has expired.");
        }
        return ownerWithRole(token);
    };

    private final ApiAccess guarded = new ApiAccess(TOKENS, "right"::equals, false);

    @Test
    void letsInWhoHoldsAKey() {
        assertThat(decide("right", null)).isEqualTo(new ByKey());
        assertThat(decide("right", "expired")).isEqualTo(new ByKey());
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "service"})
    void letsInATokenWithTheRole(String role) {
        assertThat(decide(null, role)).isEqualTo(new ByToken(ownerWithRole(role)));
    }

    @Test
    void refusesAWrongKeyEvenBesideAGoodToken() {
        for (String token : new String[] {null, "admin"}) {
            for (String key : new String[] {"wrong", ""}) {
                assertThat(decide(key, token))
                        .isEqualTo(new Refused(401, "api_key_invalid", "The API key in X-API-Key is not valid."));
            }
        }
    }

    @Test
    void refusesABadTokenWithItsReason() {
        assertThat(decide(null, "expired")).isEqualTo(new Refused(401, "token_expired", "The token has expired."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "Admin", "admins"})
    void refusesATokenWithoutTheRole(String role) {
        assertThat(decide(null, role))
                .isEqualTo(new Refused(403, "role_required", "This needs a token whose role is admin or service."));
    }

    @Test
    void refusesWhoBringsNothing() {
        assertThat(decide(null, null)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.code()).isEqualTo("credentials_required");
        });
    }

    @Test
    void asksNobodyWhenOpen() {
        ApiAccess open = new ApiAccess(TOKENS, "right"::equals, true);

        assertThat(open.authenticate(Optional.empty(), Optional.empty())).isEqualTo(new Open());
        assertThat(open.authenticate(Optional.of("wrong"), Optional.of("expired")))
                .isEqualTo(new Open());
    }

    private Decision decide(String apiKey, String token) {
        return guarded.authenticate(Optional.ofNullable(apiKey), Optional.ofNullable(token));
    }

    private static Identity.User ownerWithRole(String role) {
        return new Identity.User("owner", Optional.empty(), Set.of(role), Optional.empty(), Optional.empty());
    }
}
