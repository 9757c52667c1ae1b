package app.realtime.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Helm says after an installation. */
class ChartNotesTest {

    @BeforeAll
    static void requireHelm() {
        Chart.require();
    }

    @Test
    void saysHowToReachTheService() {
        assertThat(Chart.notes("jwt: {existingSecret: jwt}"))
                .contains("port-forward deployment/push-websocket-service 3002")
                .contains("helm -n realtime test push")
                .contains("http://push-websocket-service-internal.realtime:9080");
        assertThat(
                        Chart.notes(
                                "{jwt: {existingSecret: jwt}, ingress: {enabled: true, tls: [{hosts: [realtime.example.com]}]}}"))
                .contains("https://realtime.example.com");
    }

    @Test
    void warnsOfWhatIsMissing() {
        assertThat(Chart.notes("{jwt: {existingSecret: jwt}, ingress: {enabled: true}}"))
                .contains("config.KAFKA_BROKERS is empty")
                .contains("config.ALLOWED_ORIGINS is empty")
                .contains("config.TRUSTED_PROXIES is empty");
        assertThat(Chart.notes("{config: {APP_ENV: development, KAFKA_BROKERS: 'kafka:9092',"
                        + " ALLOWED_ORIGINS: 'https://app.example.com'}}"))
                .contains("config.APP_ENV is development")
                .doesNotContain("config.KAFKA_BROKERS is", "config.ALLOWED_ORIGINS is", "config.TRUSTED_PROXIES is");
    }

    @Test
    void tellsSeveralInstancesWhatTheyNeed() {
        assertThat(Chart.notes("jwt: {existingSecret: jwt}")).doesNotContain("more than one pod");
        assertThat(Chart.notes("{jwt: {existingSecret: jwt}, replicaCount: 2}"))
                .contains("more than one pod", "Nothing sees to it");
        assertThat(Chart.notes("{jwt: {existingSecret: jwt}, autoscaling: {enabled: true}, ingress: {enabled: true}}"))
                .contains("more than one pod", "by a cookie, if its controller is nginx");
        assertThat(Chart.notes("{jwt: {existingSecret: jwt}, replicaCount: 2, service: {sessionAffinity: ClientIP}}"))
                .contains("by the client's address");
    }
}
