package app.realtime.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Turns MicroProfile Telemetry on when there is somebody to tell: where OTEL_EXPORTER_OTLP_ENDPOINT is set. By itself it is
 * off until {@code otel.sdk.disabled} says otherwise, which still wins over this wherever it is set. Immutable.
 */
public final class TelemetrySwitch implements ConfigSource {

    static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
    static final String DISABLED = "otel.sdk.disabled";

    /** Below all sources that people write to. */
    private static final int ORDINAL = 50;

    private final Map<String, String> properties;

    /** Called by MicroProfile Config. */
    public TelemetrySwitch() {
        this(name -> Optional.ofNullable(System.getenv(name)));
    }

    TelemetrySwitch(Environment environment) {
        boolean endpoint =
                environment.value(ENDPOINT).filter(value -> !value.isBlank()).isPresent();
        properties = Map.of(DISABLED, Boolean.toString(!endpoint));
    }

    @Override
    public Map<String, String> getProperties() {
        return properties;
    }

    @Override
    public Set<String> getPropertyNames() {
        return properties.keySet();
    }

    @Override
    public String getValue(String name) {
        return properties.get(name);
    }

    @Override
    public String getName() {
        return "telemetry-switch";
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }
}
