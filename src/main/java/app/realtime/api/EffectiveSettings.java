package app.realtime.api;

import java.util.List;
import java.util.Optional;

/**
 * What the service was started with, fit to be shown. Immutable.
 *
 * @param environment {@code development}, {@code test} or {@code production}
 * @param settings in the order of the documentation
 */
public record EffectiveSettings(String environment, List<Setting> settings) {

    public EffectiveSettings {
        settings = List.copyOf(settings);
    }

    /**
     * One environment variable.
     *
     * @param value the one that holds; of a secret, and of what may hold one, only that there is one
     * @param isDefault whether it was left as it is
     * @param secret whether the value is kept back
     */
    public record Setting(String name, Optional<String> value, boolean isDefault, boolean secret) {}
}
