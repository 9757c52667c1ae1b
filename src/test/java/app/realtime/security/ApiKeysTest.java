package app.realtime.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ApiKeysTest {

    private final ApiKeys keys = ApiKeys.of(List.of("first-key", "second-key"));

    @Test
    void acceptsEachKeyAndNothingElse() {
        assertThat(keys.accept("first-key")).isTrue();
        assertThat(keys.accept("second-key")).isTrue();
        for (String other : List.of("", "first", "First-key", "first-key ", "first-key,second-key")) {
            assertThat(keys.accept(other)).as(other).isFalse();
        }
    }

    @Test
    void acceptsNothingWithoutKeys() {
        assertThat(ApiKeys.of(List.of()).accept("")).isFalse();
    }

    @Test
    void doesNotShowItsKeys() {
        assertThat(keys).hasToString("2 API keys");
        assertThat(SharedSecret.of("hidden")).hasToString("(secret)");
    }
}
