package app.realtime.kafka.consumer;

import java.util.Locale;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;

/** Why there is no connection, or nothing can be read. */
public enum Trouble {
    /** No broker answers, or not in time. */
    UNREACHABLE("the brokers do not answer; look at KAFKA_BROKERS and at the network"),

    /** The brokers refuse the credentials, or either side the other's certificate. */
    AUTHENTICATION("the brokers refuse to let us in; look at KAFKA_SECURITY_PROTOCOL, KAFKA_SASL_* and KAFKA_SSL_*"),

    /** The user may not read the topics, or not be in the group. */
    AUTHORIZATION("the brokers do not allow it; the user needs READ and DESCRIBE on the topics and on the group"),

    /** The client cannot work with its settings. */
    CONFIGURATION("the Kafka client refuses its settings; look at KAFKA_SASL_*, KAFKA_SSL_* and KAFKA_CONSUMER_*"),

    /** None of these; the log has it. */
    OTHER("the Kafka client failed");

    private final String label = name().toLowerCase(Locale.ROOT);
    private final String advice;

    Trouble(String advice) {
        this.advice = advice;
    }

    static Trouble of(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof AuthenticationException) {
                return AUTHENTICATION;
            }
            if (each instanceof AuthorizationException) {
                return AUTHORIZATION;
            }
            if (each instanceof ConfigException
                    || each instanceof KafkaException
                            && each.getMessage() != null
                            && (each.getMessage().startsWith("Failed to construct")
                                    || each.getMessage().startsWith("Failed to create new"))) {
                return CONFIGURATION;
            }
            if (each instanceof RetriableException) {
                return UNREACHABLE;
            }
        }
        return OTHER;
    }

    /** The name in answers and metrics, in lower case. */
    public String label() {
        return label;
    }

    String advice() {
        return advice;
    }

    /**
     * Whether the next try should come soon: a try at brokers that are away takes its time anyway, and what is forbidden
     * may be one topic of many. Trying the wrong password again and again locks users out.
     */
    boolean isWorthTryingSoon() {
        return this == UNREACHABLE || this == AUTHORIZATION;
    }
}
