package app.realtime.config;

import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The sources of MicroProfile Config (environment, system properties, server.xml), asked one by one, the strongest
 * first: {@link Config} itself takes an empty value for none and replaces expressions, also in a secret that happens to
 * hold <code>${</code>.
 */
final class ConfigSourcesEnvironment implements Environment {

    @Override
    public Optional<String> value(String name) {
        for (ConfigSource source : ConfigProvider.getConfig().getConfigSources()) {
            String value = source.getValue(name);
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
