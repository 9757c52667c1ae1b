package app.realtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TelemetrySwitchTest {

    @Test
    void isOnWhereThereIsSomebodyToTell() {
        assertThat(with(Map.of(TelemetrySwitch.ENDPOINT, "http://collector:4317"))
                        .getValue("otel.sdk.disabled"))
                .isEqualTo("false");
        assertThat(with(Map.of(TelemetrySwitch.ENDPOINT, " ")).getValue("otel.sdk.disabled"))
                .isEqualTo("true");
        assertThat(with(Map.of()).getProperties()).containsExactly(Map.entry("otel.sdk.disabled", "true"));
    }

    @Test
    void givesWayToWhateverPeopleSet() {
        assertThat(with(Map.of()).getOrdinal()).isLessThan(100);
    }

    private static TelemetrySwitch with(Map<String, String> environment) {
        return new TelemetrySwitch(name -> Optional.ofNullable(environment.get(name)));
    }
}
