package app.realtime.config;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import java.util.logging.Logger;

/**
 * Reads the configuration before anything else of the application exists, and stops the deployment if it is not valid.
 * The container calls it on the thread that deploys.
 */
public class ConfigurationExtension implements Extension {

    /** Set to {@code true} where the server runs nothing but this application: it ends then, with {@link #EX_CONFIG}. */
    public static final String EXIT_PROPERTY = "app.realtime.exitOnInvalidConfiguration";

    /** What a process exits with when its configuration is wrong (sysexits.h). */
    public static final int EX_CONFIG = 78;

    private static final Logger LOG = Logger.getLogger(ConfigurationExtension.class.getName());

    private Configuration configuration;

    void read(@Observes BeforeBeanDiscovery event) {
        try {
            configuration = Configuration.read(new ConfigSourcesEnvironment());
        } catch (InvalidConfigurationException e) {
            LOG.severe(e::getMessage);
            if (Boolean.getBoolean(EXIT_PROPERTY)) {
                exit();
            }
            throw new DeploymentException("The configuration is not valid; the log lists every problem");
        }
        configuration.warnings().forEach(warning -> LOG.warning(() -> warning));
    }

    /** On a thread of its own: the server's shutdown waits for the deployment, which waits for this method. */
    private static void exit() {
        new Thread(() -> Runtime.getRuntime().exit(EX_CONFIG), "invalid-configuration").start();
    }

    Configuration configuration() {
        return configuration;
    }
}
