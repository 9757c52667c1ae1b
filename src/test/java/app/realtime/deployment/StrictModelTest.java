package app.realtime.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The model is as strict as the API of Kubernetes. */
class StrictModelTest {

    @Test
    void readsWhatTheApiTakes() {
        String map = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {A: 'true', B: text}}";

        assertThat(((ConfigMap) StrictModel.parse(Yaml.all(map).get(0))).getData())
                .containsEntry("A", "true")
                .containsEntry("B", "text");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{apiVersion: v1, kind: ConfigMap, datas: {}}                                   | datas",
                "{apiVersion: v1, kind: ConfigMap, data: {A: 5}}                                | Integer",
                "{apiVersion: v1, kind: ConfigMap, metadata: {annotations: {a: true}}}          | Boolean",
                "{apiVersion: v1, kind: Service, spec: {ports: [{port: '80'}]}}                 | port",
                "{apiVersion: v1, kind: Service, spec: {ports: [{ports: 80}]}}                  | ports",
                "{apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {container: []}}}} | container",
                "{apiVersion: v1, kind: Secrets}                                                | no v1/Secrets",
                "{apiVersion: monitoring.coreos.com/v1, kind: PrometheusRule, spec: {group: []}} | group"
            })
    void refusesWhatItDoesNot(String object, String message) {
        assertThatThrownBy(() -> StrictModel.parse(Yaml.all(object).get(0))).hasMessageContaining(message);
    }

    @Test
    void refusesAKeyThatIsThereTwice() {
        assertThatThrownBy(() -> Yaml.all("{a: 1, a: 2}")).hasMessageContaining("duplicate key");
    }
}
