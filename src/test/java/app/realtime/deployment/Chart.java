package app.realtime.deployment;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import com.marcnuri.helm.jni.NativeLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Stream;

/** The Helm chart, rendered by Helm's own engine. */
final class Chart {

    static final Path DIRECTORY = Path.of("helm/websocket-service");
    static final String RELEASE = "push";
    static final String NAMESPACE = "realtime";

    /** What a chart in production needs at least. */
    static final String PRODUCTION = "jwt: {existingSecret: jwt}";

    /** The oldest that Chart.yaml allows; Helm would take one that is older still. */
    private static final String KUBERNETES = "1.27.0";

    /** For the templates alone; lint and installation take the chart itself. */
    private static final Path WITHOUT_HOOKS = withoutHooks();

    private Chart() {}

    /** Helm's engine is a native library, and there is none for every platform. */
    static void require() {
        Requirement.of(
                ServiceLoader.load(NativeLibrary.class).findFirst().isPresent(),
                "Helm's engine is not there for " + System.getProperty("os.name") + " on "
                        + System.getProperty("os.arch"));
    }

    /** The objects of the chart with these values, each a text of YAML; later ones win. */
    static Rendered render(String... values) {
        return new Rendered(template(List.of(values), Map.of()));
    }

    /** The same with values as `--set` gives them. */
    static Rendered set(Map<String, Object> values) {
        return new Rendered(template(List.of(PRODUCTION), values));
    }

    static LintResult lint() {
        return new Helm(DIRECTORY).lint().strict().call();
    }

    /** The notes that an installation with these values ends with. */
    static String notes(String values) {
        return withFiles(
                List.of(values),
                files -> new Helm(DIRECTORY)
                        .install()
                        .withName(RELEASE)
                        .withNamespace(NAMESPACE)
                        .withKubeVersion(KUBERNETES)
                        .withValuesFile(files.get(0))
                        .clientOnly()
                        .dryRun()
                        .call()
                        .getOutput());
    }

    static String file(String name) {
        try {
            return Files.readString(DIRECTORY.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + name, e);
        }
    }

    /** A copy whose test is no hook any more, because this engine leaves hooks out of what it renders. */
    private static Path withoutHooks() {
        try {
            Path copy = Files.createTempDirectory("chart");
            copy.toFile().deleteOnExit();
            try (Stream<Path> files = Files.walk(DIRECTORY)) {
                for (Path file : files.filter(file -> !file.equals(DIRECTORY)).toList()) {
                    Path target = copy.resolve(DIRECTORY.relativize(file).toString());
                    target.toFile().deleteOnExit();
                    if (Files.isDirectory(file)) {
                        Files.createDirectory(target);
                    } else {
                        Files.writeString(target, Files.readString(file).replace(" helm.sh/hook", " no.helm.sh/hook"));
                    }
                }
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not copy the chart", e);
        }
    }

    private static String template(List<String> values, Map<String, Object> sets) {
        return withFiles(values, files -> {
            TemplateCommand command = new Helm(WITHOUT_HOOKS)
                    .template()
                    .withName(RELEASE)
                    .withNamespace(NAMESPACE)
                    .withKubeVersion(KUBERNETES);
            files.forEach(command::withValuesFile);
            sets.forEach(command::set);
            return command.call();
        });
    }

    private static String withFiles(List<String> texts, Function<List<Path>, String> use) {
        List<Path> files = new ArrayList<>();
        try {
            for (String text : texts) {
                files.add(Files.writeString(Files.createTempFile("values", ".yaml"), text));
            }
            return use.apply(files);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write the values", e);
        } finally {
            files.forEach(file -> file.toFile().delete());
        }
    }
}
