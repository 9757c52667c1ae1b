package app.realtime;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Which package may know which, as in docs/architecture.md. Packages that are not there yet break nothing.
 *
 * <p>Plain test methods: as {@code @ArchTest} fields the rules would not run under every version of Surefire.
 */
class ArchitectureTest {

    private static final String ROOT = "app.realtime.";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("app.realtime");

    /** Classes of the application outside these packages. Names may end in {@code ..} for what lies below. */
    private static DescribedPredicate<JavaClass> applicationBut(String... packages) {
        return resideInAPackage("app.realtime..")
                .and(not(resideInAnyPackage(rooted(packages))))
                .as("application classes outside " + Arrays.toString(packages));
    }

    private static String[] rooted(String... packages) {
        return Stream.of(packages).map(name -> ROOT + name).toArray(String[]::new);
    }

    /** Every package knows itself, and of the others only these. */
    private static void assertKnowsOnly(String owner, String... others) {
        String[] allowed = Stream.concat(Stream.of(owner), Stream.of(others)).toArray(String[]::new);
        check(noClasses().that().resideInAPackage(ROOT + owner).should().dependOnClassesThat(applicationBut(allowed)));
    }

    private static void assertDoesNotUse(String owner, String... foreign) {
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + owner)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(foreign));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }

    @Test
    void seesTheClassesOfTheApplication() {
        assertThat(CLASSES.that(alwaysTrue())).hasSizeGreaterThan(50);
        assertThat(CLASSES.that(resideInAPackage("app.realtime.engineio.protocol")))
                .isNotEmpty();
    }

    @Test
    void engineioLooksDownToItsProtocolAlone() {
        assertKnowsOnly("engineio.protocol");
        assertKnowsOnly("engineio", "engineio.protocol");
        assertKnowsOnly("engineio.servlet", "engineio", "engineio.protocol", "engineio.websocket");
        assertKnowsOnly("engineio.websocket", "engineio", "engineio.protocol");
    }

    @Test
    void socketioLooksDownToItsProtocolAndToThePortsOfEngineio() {
        assertKnowsOnly("socketio.protocol");
        assertKnowsOnly("socketio.adapter", "socketio.protocol", "engineio.protocol");
        assertKnowsOnly("socketio.servlet", "socketio", "socketio.protocol");
        assertKnowsOnly("socketio", "socketio.protocol", "socketio.adapter", "engineio", "engineio.protocol");
    }

    @Test
    void identityAndJsonKnowNothingOfTheApplication() {
        assertKnowsOnly("identity..");
        assertKnowsOnly("json..");
        assertKnowsOnly("tls..");
    }

    @Test
    void theDomainLooksAtSocketioAndNotAtWhatFeedsIt() {
        assertKnowsOnly("rooms..", "socketio", "socketio.adapter", "identity", "json");
        assertKnowsOnly("events..", "rooms", "json", "socketio.protocol");
        assertKnowsOnly(
                "connection..", "rooms", "socketio", "socketio.adapter", "identity", "limits", "json", "engineio");
    }

    @Test
    void whatComesInLooksAtTheDomain() {
        assertKnowsOnly("kafka.consumer");
        assertKnowsOnly("kafka.deadletter", "kafka.consumer");
        assertKnowsOnly("kafka.route", "events", "rooms", "json");
        assertKnowsOnly("kafka", "kafka.consumer", "kafka.deadletter", "kafka.route", "events", "json");
        assertKnowsOnly("api..", "events", "rooms", "identity", "json");
        assertKnowsOnly("web..", "api", "socketio.servlet");
        assertKnowsOnly("console", "events", "api", "identity", "rooms", "socketio", "socketio.adapter");
    }

    @Test
    void guardsLookAtThePortsTheyImplement() {
        assertKnowsOnly("security..", "identity", "engineio", "api");
        assertKnowsOnly("limits..", "engineio");
        assertKnowsOnly("cluster", "socketio.adapter", "socketio.protocol");
        assertKnowsOnly("cluster.members", "cluster");
        assertKnowsOnly("cluster.redis", "cluster", "limits");
    }

    @Test
    void nobodyKnowsTheCompositionRoot() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("app.realtime.bootstrap..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("app.realtime.bootstrap.."));
    }

    @Test
    void onlyTheCompositionRootKnowsTheConfiguration() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("app.realtime.config..", "app.realtime.bootstrap..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("app.realtime.config.."));
    }

    /** What it offers are settings; what is made of them, and lives, is made in the composition root. */
    @Test
    void theConfigurationRunsNothing() {
        assertDoesNotUse("config", "jakarta.annotation", "jakarta.enterprise.concurrent..", "java.util.concurrent..");
    }

    @Test
    void nobodyDependsOnOperationsButWhoConfiguresAndBuildsThem() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("app.realtime.ops..", "app.realtime.config..", "app.realtime.bootstrap..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("app.realtime.ops.."));
    }

    @Test
    void packagesFormNoCycles() {
        check(slices().matching("app.realtime.(*)..").should().beFreeOfCycles());
        check(slices().matching("app.realtime.(**)").should().beFreeOfCycles());
    }

    @Test
    void protocolsAreFreeOfContainerNetworkAndStreams() {
        for (String protocol : new String[] {"engineio.protocol", "socketio.protocol"}) {
            assertDoesNotUse(
                    protocol,
                    "jakarta..",
                    "java.net..",
                    "java.nio.channels..",
                    "java.nio.file..",
                    "java.io",
                    "java.util.concurrent..",
                    "java.util.logging..",
                    "org.eclipse.microprofile..");
        }
        assertDoesNotUse("engineio.protocol", "tools.jackson..");
    }

    /** They could serve any Jakarta EE application. */
    @Test
    void theSocketServerKnowsNeitherInjectionNorConfigurationNorKafka() {
        for (String part : new String[] {"engineio..", "socketio.."}) {
            assertDoesNotUse(
                    part,
                    "jakarta.inject..",
                    "jakarta.enterprise..",
                    "jakarta.ws.rs..",
                    "org.eclipse.microprofile..",
                    "org.apache.kafka..",
                    "com.ibm..",
                    "io.openliberty..");
        }
        for (String core : new String[] {"engineio", "socketio", "socketio.adapter"}) {
            assertDoesNotUse(core, "jakarta..");
        }
    }

    @Test
    void kafkaStaysInItsPackage() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("app.realtime.kafka..", "app.realtime.bootstrap..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "org.eclipse.microprofile.reactive.."));
    }

    @Test
    void namesSayWhatAClassIs() {
        check(noClasses().should().haveNameMatching(".*(Impl|Utils?|Helpers?)(\\$.*)?"));
        check(noClasses().should().resideInAnyPackage("..util..", "..utils..", "..helper..", "..common.."));
    }

    @Test
    void nobodyWritesToTheStandardStreams() {
        check(noClasses().should(ACCESS_STANDARD_STREAMS));
    }
}
