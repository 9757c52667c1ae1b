package app.realtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.realtime.engineio.EngineOptions;
import app.realtime.kafka.KafkaSettings;
import app.realtime.limits.LimitSettings;
import app.realtime.rooms.RoomSettings;
import app.realtime.rooms.RoomTypes;
import app.realtime.security.KeyLocation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {

    private static final String GOOD_SECRET = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path directory;

    @Test
    void hasTheDefaultsOfTheContract() {
        Configuration configuration = read();

        assertThat(configuration.service().name()).isEqualTo("websocket-service");
        assertThat(configuration.service().version()).isNotBlank();
        assertThat(configuration.service().production()).isFalse();
        assertThat(configuration.engine()).isEqualTo(new EngineOptions(Duration.ofSeconds(30), Duration.ofSeconds(60)));
        assertThat(configuration.limits()).isEqualTo(new LimitSettings(10, 100, Duration.ofSeconds(60)));
        assertThat(configuration.rooms()).isEqualTo(new RoomSettings(100, RoomTypes.BUILT_IN));
        KafkaSettings kafka = configuration.kafka();
        assertThat(kafka.brokers()).contains("localhost:29092");
        assertThat(kafka.clientId()).isEqualTo("websocket-service");
        assertThat(kafka.groupId()).isEqualTo("websocket-consumers");
        assertThat(kafka.routes().topics())
                .containsExactly("survey.responses", "survey.analytics", "surveyor.locations", "system.notifications");
        assertThat(kafka.deadLetterSuffix()).contains(".dlt");
        assertThat(kafka.recordTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(kafka.connection()).isEmpty();
        assertThat(kafka.consumer()).isEmpty();
        assertThat(configuration.tokens().sharedSecret()).isPresent();
        assertThat(configuration.tokens().publicKeys()).isEmpty();
        assertThat(configuration.apiAccess().open()).isTrue();
        assertThat(configuration.origins().allow("http://localhost:3001")).isTrue();
        assertThat(configuration.origins().allow("http://localhost:4000")).isFalse();
        assertThat(configuration.cluster().redisUrl()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"KAFKA_BROKERS", "KAFKA_DEAD_LETTER_SUFFIX", "PORT", "MANAGEMENT_PORT"})
    void takesAnEmptyVariableForItsDefault(Variable variable) {
        assertThat(read(variable.name(), " ").toString().replaceAll("@[0-9a-f]+", ""))
                .isEqualTo(read().toString().replaceAll("@[0-9a-f]+", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PORT", "MANAGEMENT_PORT"})
    void refusesAnEmptyPortBecauseTheServerWouldOpenNone(String variable) {
        assertThat(problems(variable, "")).contains(variable + ": is set to nothing; expected ");
    }

    @Test
    void passesKafkasOwnPropertiesOn() throws IOException {
        Path store = Files.writeString(directory.resolve("ca.pem"), "-");
        KafkaSettings kafka = read(
                        "KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                        "KAFKA_SASL_MECHANISM", "PLAIN",
                        "KAFKA_SASL_JAAS_CONFIG", "x required password=\"hidden\";",
                        "KAFKA_SSL_TRUSTSTORE_TYPE", "PEM",
                        "KAFKA_SSL_TRUSTSTORE_LOCATION", store.toString(),
                        "KAFKA_CONSUMER_SESSION_TIMEOUT_MS", "20000",
                        "KAFKA_CONSUMER_GROUP_ID", "not ours to give")
                .kafka();

        assertThat(kafka.connection())
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.mechanism", "PLAIN")
                .containsEntry("ssl.truststore.type", "PEM")
                .hasSize(5);
        assertThat(kafka.consumer()).containsExactly(Map.entry("session.timeout.ms", "20000"));
        assertThat(kafka).asString().doesNotContain("hidden");
        assertThat(problems("KAFKA_SECURITY_PROTOCOL", "SSL", "KAFKA_SSL_KEYSTORE_LOCATION", "/no/such/file"))
                .contains("KAFKA_SSL_KEYSTORE_LOCATION: \"/no/such/file\" cannot be read");
    }

    @Test
    void addsTheRoutesAndRoomTypesOfTheConfiguration() throws IOException {
        String yaml = "{roomTypes: [order], routes: [{topic: t, event: e, rooms: ['order:{key}']}]}";
        Path file = Files.writeString(directory.resolve("routes.yaml"), yaml);
        for (Configuration configuration :
                List.of(read("KAFKA_ROUTES", yaml), read("KAFKA_ROUTES_FILE", file.toString()))) {
            assertThat(configuration.kafka().routes().topics()).hasSize(5).contains("t");
            assertThat(configuration.rooms().types().parse("order:1")).isPresent();
        }
        assertThat(problems("KAFKA_ROUTES", yaml, "KAFKA_ROUTES_FILE", file.toString()))
                .contains("KAFKA_ROUTES_FILE: is set, and KAFKA_ROUTES too");
    }

    @Test
    void namesTheFileAndLineOfARouteThatIsWrong() throws IOException {
        Path file = Files.writeString(directory.resolve("routes.yaml"), "routes:\n  - topic: t\n    evnt: e\n");

        assertThat(problems("KAFKA_ROUTES_FILE", file.toString()))
                .contains("KAFKA_ROUTES_FILE: " + file + ", line 3, column 11: \"evnt\" is not known");
    }

    @Test
    void neverQuotesACredentialOfTheBrokers() {
        assertThat(problems(
                        "KAFKA_SECURITY_PROTOCOL", "SASL_PLAINTEXT",
                        "KAFKA_SASL_MECHANISM", "PLAIN",
                        "KAFKA_SASL_JAAS_CONFIG", "x required username=u password=hunter2 secret3;"))
                .contains("KAFKA_SASL_JAAS_CONFIG: is no JAAS configuration")
                .doesNotContain("hunter2", "secret3");
    }

    @Test
    void findsTopicsWhoseDeadLettersCouldHaveNoTopic() {
        assertThat(problems("KAFKA_TOPIC_RESPONSES", "t".repeat(246))).contains("KAFKA_DEAD_LETTER_SUFFIX: makes");
        assertThat(read("KAFKA_TOPIC_RESPONSES", "t".repeat(245))
                        .kafka()
                        .routes()
                        .topics())
                .hasSize(4);
    }

    @Test
    void keepsNoDeadLettersWhenTheirSuffixIsSetToNothing() {
        assertThat(read("KAFKA_DEAD_LETTER_SUFFIX", "").kafka().deadLetterSuffix())
                .isEmpty();
    }

    @Test
    void runsWithoutKafkaWhenTheBrokersAreSetToNothing() {
        assertThat(read("KAFKA_BROKERS", "").kafka().brokers()).isEmpty();
    }

    @Test
    void takesEveryVariable() {
        Configuration configuration = read(
                "NODE_ENV", "production",
                "KAFKA_BROKERS", " kafka-1:9092, [::1]:9093 ",
                "JWT_SECRET", GOOD_SECRET,
                "JWT_ISSUER", "issuer",
                "JWT_AUDIENCE", "audience",
                "API_KEYS", "one, two",
                "ALLOWED_ORIGINS", "https://app.example.com",
                "TRUSTED_PROXIES", "10.0.0.0/8, ::1",
                "HEARTBEAT_INTERVAL", "1000",
                "CONNECTION_TIMEOUT", "2000",
                "MAX_CONNECTIONS_PER_IP", "3",
                "MAX_ROOMS_PER_CONNECTION", "4",
                "RATE_LIMIT_WINDOW", "5000",
                "RATE_LIMIT_MAX_MESSAGES", "6",
                "OUTBOUND_MAX_MESSAGES", "70",
                "OUTBOUND_MAX_BYTES", "80000",
                "SLOW_CONSUMER_TIMEOUT", "9000",
                "REDIS_URL", "rediss://:pass@redis.example.com:6380/1",
                "REDIS_SHARDED", "true");

        assertThat(configuration.service().production()).isTrue();
        assertThat(configuration.kafka().brokers()).contains("kafka-1:9092,[::1]:9093");
        assertThat(configuration.tokens().issuer()).contains("issuer");
        assertThat(configuration.tokens().audience()).contains("audience");
        assertThat(configuration.apiAccess().open()).isFalse();
        assertThat(configuration.apiAccess().keys().accept("two")).isTrue();
        assertThat(configuration.origins().allow("https://app.example.com")).isTrue();
        assertThat(configuration.proxies()).hasToString("[10.0.0.0/8, ::1]");
        assertThat(configuration.engine().pingInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(configuration.engine().pingTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(configuration.engine().maxQueuedPackets()).isEqualTo(70);
        assertThat(configuration.engine().maxQueuedBytes()).isEqualTo(80_000);
        assertThat(configuration.engine().slowConsumerTimeout()).isEqualTo(Duration.ofSeconds(9));
        assertThat(configuration.limits()).isEqualTo(new LimitSettings(3, 6, Duration.ofSeconds(5)));
        assertThat(configuration.rooms().maxRoomsPerConnection()).isEqualTo(4);
        assertThat(configuration.cluster().redisUrl()).contains(URI.create("rediss://:pass@redis.example.com:6380/1"));
        assertThat(configuration.cluster().sharded()).isTrue();
        assertThat(configuration.warnings()).isEmpty();
        assertThat(configuration.toString()).doesNotContain(GOOD_SECRET, "pass@", "two");
    }

    @Test
    void listsEveryProblemInOneMessage() {
        String message = problems(
                "PORT", "http",
                "MAX_CONNECTIONS_PER_IP", "-1",
                "LOG_LEVEL", "loud",
                "TRUSTED_PROXIES", "10.0.0.0/8,proxy",
                "REDIS_URL", "http://:hidden@redis");

        assertThat(message.lines())
                .containsExactlyInAnyOrder(
                        "The service cannot start: its configuration has 5 problems",
                        "PORT: \"http\" is not a whole number; expected a whole number from 1 to 65535",
                        "MAX_CONNECTIONS_PER_IP: \"-1\" is out of range; expected a whole number from 1 to 1000000",
                        "LOG_LEVEL: \"loud\" is not known; expected one of error, warn, info, debug, trace",
                        "TRUSTED_PROXIES: \"proxy\" is neither an address nor a network;"
                                + " expected for example 10.0.0.0/8",
                        "REDIS_URL: is not the URL of a Redis server; expected for example redis://redis:6379/0,"
                                + " redis-sentinel://one:26379,two:26379/0?sentinelMasterId=mymaster,"
                                + " or redis-cluster://one:6379,two:6379; with rediss for TLS");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PORT|0",
                "PORT|65536",
                "PORT|99999999999999999999",
                "PORT|3e3",
                "MANAGEMENT_PORT|3002",
                "PUBLIC_HOST_PORTS|8080",
                "PUBLIC_HOST_PORTS|*:80,*",
                "APP_ENV|prod",
                "APP_ENV|Production",
                "NODE_ENV|staging",
                "LOG_FORMAT|xml",
                "KAFKA_BROKERS|kafka",
                "KAFKA_BROKERS|kafka:0",
                "KAFKA_BROKERS|kafka:99999",
                "KAFKA_BROKERS|kafka:9092;other:9092",
                "KAFKA_BROKERS|PLAINTEXT://kafka:9092",
                "KAFKA_BROKERS|,",
                "KAFKA_TOPIC_RESPONSES|survey responses",
                "KAFKA_TOPIC_ANALYTICS|..",
                "KAFKA_TOPIC_LOCATIONS|survey.responses",
                "KAFKA_DEAD_LETTER_SUFFIX|/dead",
                "KAFKA_DEAD_LETTER_SUFFIX|.responses",
                "KAFKA_RECORD_TIMEOUT|0",
                "KAFKA_RECORD_TIMEOUT|30s",
                "KAFKA_ROUTES|{routes: [{topic: t, event: e}]}",
                "KAFKA_ROUTES|{routes: [{topic: survey.responses, event: e, rooms: global}]}",
                "KAFKA_ROUTES_FILE|/no/such/file",
                "KAFKA_SECURITY_PROTOCOL|TLS",
                "KAFKA_SASL_MECHANISM|PLAIN",
                "KAFKA_SASL_JAAS_CONFIG|PlainLoginModule required;",
                "KAFKA_SSL_TRUSTSTORE_TYPE|PEM",
                "KAFKA_CONSUMER_FETCH_MAX_BYTES|many",
                "KAFKA_CONSUMER_MAX_POLL_RECORDS|0",
                "JWT_PUBLIC_KEY_LOCATION|/no/such/file",
                "JWT_PUBLIC_KEY_LOCATION|ftp://host/keys",
                "JWT_PUBLIC_KEY_LOCATION|https://user:password@host/keys",
                "API_KEYS|,",
                "ALLOWED_ORIGINS|localhost:3000",
                "ALLOWED_ORIGINS|http://localhost:3000/",
                "TRUSTED_PROXIES|10.0.0.0/99",
                "HEARTBEAT_INTERVAL|0",
                "HEARTBEAT_INTERVAL|99",
                "HEARTBEAT_INTERVAL|30s",
                "CONNECTION_TIMEOUT|2073600001",
                "CONNECTION_TIMEOUT|2073600000",
                "MAX_ROOMS_PER_CONNECTION|0",
                "RATE_LIMIT_WINDOW|-60000",
                "RATE_LIMIT_MAX_MESSAGES|0",
                "RATE_LIMIT_MAX_MESSAGES|1.5",
                "OUTBOUND_MAX_MESSAGES|9",
                "OUTBOUND_MAX_MESSAGES|unlimited",
                "OUTBOUND_MAX_BYTES|9999",
                "OUTBOUND_MAX_BYTES|2MB",
                "OUTBOUND_MAX_BYTES|-1",
                "SLOW_CONSUMER_TIMEOUT|0",
                "SLOW_CONSUMER_TIMEOUT|20",
                "REDIS_URL|redis",
                "REDIS_URL|redis:opaque",
                "REDIS_URL|redis://",
                "REDIS_URL|redis://host:70000",
                "REDIS_URL|redis://host/db/1",
                "REDIS_URL|redis://one,two",
                "REDIS_URL|redis://user:password@/0",
                "REDIS_URL|redis-sentinel://one,two/0",
                "REDIS_URL|redis-sentinel://:password@one,two?sentinelMasterId=",
                "REDIS_URL|redis-cluster://:password@one:7000,/0",
                "REDIS_URL|redis-cluster://one:7000,two:70000",
                "REDIS_URL|redis-cluster://one:7000/1",
                "REDIS_URL|redis-other://one:7000",
                "REDIS_SHARDED|yes",
                "REDIS_CA_FILE|/does/not/exist.pem",
                "REDIS_CA_FILE|/dev/null",
            })
    void refusesAValueThatIsWrong(String variable, String value) {
        assertThat(problems(variable, value).lines().skip(1).toList())
                .singleElement()
                .asString()
                .startsWith(variable + ": ")
                .contains("; expected ")
                .doesNotContain("password@");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://redis",
                "redis://user:pass%40word@redis_1.example.com:6380/15",
                "rediss://[::1]:6379",
                "redis-sentinel://:pass@one,two:26380/2?sentinelMasterId=mymaster",
                "rediss-sentinel://one?sentinelMasterId=mymaster&sentinelAuth=true",
                "redis-cluster://user:pass@one:7000,two:7001",
                "rediss-cluster://one/0"
            })
    void takesTheUrlOfEveryKindOfRedis(String url) {
        Configuration configuration = read("REDIS_URL", url);
        assertThat(configuration.cluster().redisUrl()).contains(URI.create(url));
        assertThat(configuration.toString()).doesNotContain("pass");
        assertThat(read("REDIS_URL", url.replaceFirst("redis", "Redis")).cluster())
                .isEqualTo(configuration.cluster());
    }

    @Test
    void aCaForRedisNeedsTls() {
        assertThat(problems("REDIS_URL", "redis://redis", "REDIS_CA_FILE", "/ca.pem"))
                .contains("REDIS_CA_FILE: is set, but REDIS_URL is not for TLS");
    }

    @Test
    void appEnvWinsOverItsAlias() {
        assertThat(read("APP_ENV", "test", "NODE_ENV", "production").service().production())
                .isFalse();
        assertThat(problems("APP_ENV", "production", "NODE_ENV", "development")).contains("JWT_SECRET: ");
    }

    @Test
    void productionRefusesTheDefaults() {
        assertThat(problems("APP_ENV", "production").lines().skip(1))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).startsWith("JWT_SECRET: is the default"))
                .anySatisfy(line -> assertThat(line).startsWith("API_KEYS: is empty"));
    }

    @Test
    void productionRefusesAShortSecretWithoutShowingIt() {
        assertThat(problems("APP_ENV", "production", "JWT_SECRET", "0123456789abcdef0123456789abcde"))
                .contains("JWT_SECRET: is shorter than 32 bytes")
                .doesNotContain("0123456789");
    }

    @Test
    void productionRefusesAllOrigins() {
        assertThat(problems("APP_ENV", "production", "JWT_SECRET", GOOD_SECRET, "ALLOWED_ORIGINS", "*"))
                .contains("ALLOWED_ORIGINS: * is refused");
        assertThat(read("ALLOWED_ORIGINS", "*").origins().allow("http://anywhere.example"))
                .isTrue();
    }

    @Test
    void productionGuardsTheHttpApiByTokensWhereThereAreNoKeys() {
        assertThat(read("APP_ENV", "production", "JWT_SECRET", GOOD_SECRET)
                        .apiAccess()
                        .open())
                .isFalse();
    }

    @Test
    void productionTakesPublicKeysInPlaceOfASecret() {
        Configuration configuration =
                read("APP_ENV", "production", "JWT_PUBLIC_KEY_LOCATION", "https://id.example.com/jwks");

        assertThat(configuration.tokens().sharedSecret()).isEmpty();
        assertThat(configuration.tokens().publicKeys()).containsInstanceOf(KeyLocation.Url.class);
        assertThat(problems(
                        "APP_ENV",
                        "production",
                        "JWT_SECRET",
                        "short",
                        "JWT_PUBLIC_KEY_LOCATION",
                        "https://id.example.com/jwks"))
                .contains("JWT_SECRET: ");
    }

    @Test
    void keepsTheSecretToTheCharacter() {
        assertThat(read("JWT_SECRET", " ${secret} ").tokens().sharedSecret())
                .hasValueSatisfying(secret -> assertThat(secret.length()).isEqualTo(11));
    }

    @Test
    void saysWhatIsWrongWithAKeyFile() throws Exception {
        Path file = Files.writeString(directory.resolve("keys"), "nothing");

        assertThat(problems("JWT_PUBLIC_KEY_LOCATION", file.toString()))
                .contains("JWT_PUBLIC_KEY_LOCATION: holds neither PEM nor JSON");
        assertThat(problems("JWT_PUBLIC_KEY_LOCATION", directory.toString()))
                .contains("JWT_PUBLIC_KEY_LOCATION: names a file that cannot be read");
    }

    @Test
    void warnsOfWhatIsOnlyForDevelopment() {
        assertThat(read().warnings())
                .hasSize(2)
                .anySatisfy(warning -> assertThat(warning).contains("HTTP API is open"))
                .anySatisfy(warning -> assertThat(warning).contains("JWT_SECRET is the default"));
        assertThat(read("API_KEYS", "key", "JWT_SECRET", "mine").warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT_SECRET", "API_KEYS", "REDIS_URL"})
    void neverShowsASecret(String variable) {
        String hidden = "hidden hidden";
        for (String environment : List.of("development", "production")) {
            Map<String, String> variables = Map.of("APP_ENV", environment, variable, hidden, "PORT", "x");
            assertThat(problems(variables)).doesNotContain("hidden");
        }
    }

    @Property(tries = 200)
    void reportsAnyTextOnOneLine(@ForAll Variable variable, @ForAll String value) {
        try {
            read(variable.name(), value);
        } catch (InvalidConfigurationException e) {
            assertThat(e.getMessage().lines().skip(1))
                    .allSatisfy(line -> assertThat(line).matches("[A-Z_]+: .*; expected .*"));
        }
    }

    private static Configuration read(String... pairs) {
        return Configuration.read(environment(map(pairs)));
    }

    private static String problems(String... pairs) {
        return problems(map(pairs));
    }

    private static String problems(Map<String, String> variables) {
        InvalidConfigurationException invalid = catchThrowableOfType(
                InvalidConfigurationException.class, () -> Configuration.read(environment(variables)));
        assertThat(invalid).as("problems").isNotNull();
        return invalid.getMessage();
    }

    private static Environment environment(Map<String, String> variables) {
        return name -> Optional.ofNullable(variables.get(name));
    }

    private static Map<String, String> map(String... pairs) {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            variables.put(pairs[i], pairs[i + 1]);
        }
        return variables;
    }
}
