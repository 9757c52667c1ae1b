package app.realtime.clients;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.contract.TokenMint;
import app.realtime.run.NodeProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The official clients, each on each choice of transports, against the packaged service. All go through their checks at
 * the same time, and the service is restarted once, when all of them wait for it; each test then looks at one outcome.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealClientsIT {

    private static final Duration CHECKS = Duration.ofMinutes(2);
    private static final Duration AFTER_RESTART = Duration.ofMinutes(3);

    private final TokenMint tokens = new TokenMint(TokenMint.DEFAULT_SECRET);
    private final TokenMint somebodyElse = new TokenMint("another-secret-of-at-least-32-bytes-length");
    private final Map<Transports, ClientRun> java = new EnumMap<>(Transports.class);
    private final Map<Transports, ClientRun> javaScript4 = new EnumMap<>(Transports.class);
    private final Map<Transports, ClientRun> javaScript2 = new EnumMap<>(Transports.class);
    private RestartableService service;

    @BeforeAll
    void runAllClientsAndRestartTheService() {
        service = new RestartableService();
        for (Transports transports : Transports.values()) {
            java.put(transports, JavaRun.start(target("java", transports)));
            if (NodeProgram.obstacle().isEmpty()) {
                javaScript4.put(transports, JavaScriptRun.start(4, target("js4", transports)));
                javaScript2.put(transports, JavaScriptRun.start(2, target("js2", transports)));
            }
        }
        runs().forEach(run -> run.outcomes().awaitReady(CHECKS));
        service.restart();
        runs().forEach(run -> run.outcomes().awaitEnd(AFTER_RESTART));
    }

    @AfterAll
    void end() {
        runs().forEach(ClientRun::close);
        if (service != null) {
            service.close();
        }
    }

    static Stream<Arguments> checksOnAllTransports() {
        return Stream.of(Transports.values())
                .flatMap(transports -> Stream.of(Check.values()).map(check -> Arguments.of(transports, check)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("checksOnAllTransports")
    void servesTheJavaClient(Transports transports, Check check) {
        java.get(transports).outcomes().assertPassed(check);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("checksOnAllTransports")
    void servesTheJavaScriptClient4(Transports transports, Check check) {
        NodeProgram.require();
        javaScript4.get(transports).outcomes().assertPassed(check);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("checksOnAllTransports")
    void servesTheJavaScriptClient2(Transports transports, Check check) {
        NodeProgram.require();
        javaScript2.get(transports).outcomes().assertPassed(check);
    }

    @Test
    void logsNoErrorAndNoTokenForAnyOfThem() {
        assertThat(service.trouble()).isEmpty();
        assertThat(service.leaks()).isZero();
    }

    private List<ClientRun> runs() {
        List<ClientRun> runs = new ArrayList<>(java.values());
        runs.addAll(javaScript4.values());
        runs.addAll(javaScript2.values());
        return runs;
    }

    private Target target(String client, Transports transports) {
        String user = client + '-' + UUID.randomUUID().toString().substring(0, 8);
        return new Target(service.uri(), transports, user, tokens.user(user), somebodyElse.user(user));
    }
}
