package app.realtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.api.EffectiveSettings.Setting;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibleVariablesTest {

    @Test
    void tellOfSecretsOnlyWhetherTheyAreSet() {
        assertThat(setting("JWT_SECRET", "tell nobody"))
                .isEqualTo(new Setting("JWT_SECRET", Optional.empty(), false, true));
        assertThat(setting("JWT_SECRET", null)).isEqualTo(new Setting("JWT_SECRET", Optional.empty(), true, true));
    }

    @Test
    void takeEveryVariableForASecretWhoseNameSaysSo() {
        assertThat(Arrays.stream(Variable.values())
                        .filter(variable -> variable.name().matches(".*(SECRET|PASSWORD|JAAS|API_KEYS).*")))
                .isNotEmpty()
                .allMatch(Variable::isSecret);
    }

    @ParameterizedTest
    @CsvSource({
        "REDIS_URL, redis://user:pass@host:6379/0, redis://***@host:6379/0",
        "REDIS_URL, redis://:p@ss/word@host:6379, redis://***@host:6379",
        "REDIS_URL, redis-sentinel://u:p@host?sentinelMasterId=m, redis-sentinel://***@host?sentinelMasterId=m",
        "JWT_PUBLIC_KEY_LOCATION, https://u:p@host/jwks?a=b, https://***@host/jwks?a=b",
        "PORT, 4000, 4000",
    })
    void hideCredentialsInAddresses(String name, String value, String shown) {
        assertThat(setting(name, value)).isEqualTo(new Setting(name, Optional.of(shown), false, false));
    }

    @ParameterizedTest
    @CsvSource({
        "PORT, , 3002, true",
        "KAFKA_BROKERS, , localhost:29092, true",
        "KAFKA_BROKERS, '', , false",
        "TRUSTED_PROXIES, , , true",
        "TRUSTED_PROXIES, '', , true",
    })
    void tellWhatHoldsWhereNothingIsSet(String name, String set, String value, boolean isDefault) {
        assertThat(setting(name, set)).isEqualTo(new Setting(name, Optional.ofNullable(value), isDefault, false));
    }

    private static Setting setting(String name, String value) {
        Map<String, String> environment = value == null ? Map.of() : Map.of(name, value);
        Values values = new Values(key -> Optional.ofNullable(environment.get(key)), new Problems());
        return new VisibleVariables(values)
                .read("test").settings().stream()
                        .filter(setting -> setting.name().equals(name))
                        .findAny()
                        .orElseThrow();
    }
}
