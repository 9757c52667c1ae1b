package app.realtime.config;

/** The environment variables that the service reads, with their defaults. */
enum Variable {
    PORT("3002"),
    MANAGEMENT_PORT("9080"),
    PUBLIC_HOST_PORTS("*:80,*:443"),
    TLS_CERT_FILE(""),
    TLS_KEY_FILE(""),
    APP_ENV("development"),
    /** Another name for {@link #APP_ENV}, which wins. */
    NODE_ENV(""),

    KAFKA_BROKERS("localhost:29092"),
    KAFKA_CLIENT_ID("websocket-service"),
    KAFKA_GROUP_ID("websocket-consumers"),
    KAFKA_TOPIC_RESPONSES("survey.responses"),
    KAFKA_TOPIC_ANALYTICS("survey.analytics"),
    KAFKA_TOPIC_LOCATIONS("surveyor.locations"),
    KAFKA_TOPIC_NOTIFICATIONS("system.notifications"),
    KAFKA_ROUTES(""),
    KAFKA_ROUTES_FILE(""),
    KAFKA_DEAD_LETTER_SUFFIX(".dlt"),
    KAFKA_RECORD_TIMEOUT("30000"),
    /** With all of Kafka's own properties that begin in the same way: KAFKA_SASL_*, KAFKA_SSL_*. */
    KAFKA_SECURITY_PROTOCOL(""),
    KAFKA_SASL_MECHANISM(""),
    KAFKA_SASL_JAAS_CONFIG("", true),
    KAFKA_SSL_TRUSTSTORE_LOCATION(""),
    KAFKA_SSL_TRUSTSTORE_PASSWORD("", true),
    KAFKA_SSL_KEYSTORE_LOCATION(""),
    KAFKA_SSL_KEYSTORE_PASSWORD("", true),
    KAFKA_SSL_KEY_PASSWORD("", true),

    JWT_SECRET("your-secret-key-change-in-production", true),
    JWT_PUBLIC_KEY_LOCATION(""),
    JWT_ISSUER(""),
    JWT_AUDIENCE(""),
    API_KEYS("", true),

    ALLOWED_ORIGINS("http://localhost:3000,http://localhost:3001,http://localhost:3002"),
    TRUSTED_PROXIES(""),

    HEARTBEAT_INTERVAL("30000"),
    CONNECTION_TIMEOUT("60000"),
    MAX_CONNECTIONS_PER_IP("10"),
    MAX_ROOMS_PER_CONNECTION("100"),
    RATE_LIMIT_WINDOW("60000"),
    RATE_LIMIT_MAX_MESSAGES("100"),

    OUTBOUND_MAX_MESSAGES("4000"),
    OUTBOUND_MAX_BYTES("2000000"),
    SLOW_CONSUMER_TIMEOUT("20000"),

    DRAIN_SECONDS("20"),

    LOG_LEVEL("info"),
    LOG_FORMAT("simple"),

    REDIS_URL(""),
    INSTANCE_ADDRESS(""),
    REDIS_CA_FILE(""),
    REDIS_SHARDED("false");

    private final String defaultValue;
    private final boolean secret;

    Variable(String defaultValue) {
        this(defaultValue, false);
    }

    Variable(String defaultValue, boolean secret) {
        this.defaultValue = defaultValue;
        this.secret = secret;
    }

    String defaultValue() {
        return defaultValue;
    }

    /** Whether nobody may be shown its value. */
    boolean isSecret() {
        return secret;
    }
}
