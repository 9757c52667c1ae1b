package app.realtime.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the chart has become with some values: objects of Kubernetes, parsed strictly. */
final class Rendered {

    private final String yaml;
    private final List<HasMetadata> objects;

    Rendered(String yaml) {
        this.yaml = yaml;
        this.objects = Yaml.all(yaml).stream().map(StrictModel::parse).toList();
    }

    String yaml() {
        return yaml;
    }

    List<HasMetadata> objects() {
        return objects;
    }

    List<String> kinds() {
        return objects.stream().map(HasMetadata::getKind).toList();
    }

    <T extends HasMetadata> Stream<T> all(Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast);
    }

    /** The only object of its kind. */
    <T extends HasMetadata> T the(Class<T> type) {
        List<T> found = all(type).toList();
        assertThat(found).as(type.getSimpleName()).hasSize(1);
        return found.get(0);
    }

    <T extends HasMetadata> T named(Class<T> type, String name) {
        return all(type)
                .filter(object -> object.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + type.getSimpleName() + " " + name + " in\n" + yaml));
    }

    PodSpec pod() {
        return the(Deployment.class).getSpec().getTemplate().getSpec();
    }

    /** Every pod that comes of it: the service's and the test's. */
    List<PodSpec> pods() {
        return Stream.concat(
                        all(Deployment.class)
                                .map(deployment ->
                                        deployment.getSpec().getTemplate().getSpec()),
                        all(Pod.class).map(Pod::getSpec))
                .toList();
    }

    Container container() {
        return pod().getContainers().get(0);
    }

    /** The variables that the container gets as plain values. */
    Map<String, String> config() {
        return named(ConfigMap.class, "push-websocket-service").getData();
    }

    /** The variables that it gets besides. */
    Map<String, EnvVar> env() {
        return container().getEnv().stream().collect(Collectors.toMap(EnvVar::getName, variable -> variable));
    }
}
