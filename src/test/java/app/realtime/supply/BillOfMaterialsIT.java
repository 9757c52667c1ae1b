package app.realtime.supply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bill of materials beside the packaged service. */
class BillOfMaterialsIT {

    private static final JsonNode BOM = read();

    private static JsonNode read() {
        return JsonMapper.shared().readTree(Path.of("target/bom.json").toFile());
    }

    @Test
    void listsEveryLibraryOfTheArchiveAndNoOther() throws IOException {
        Set<String> listed = BOM.path("components")
                .valueStream()
                .map(component -> component.path("name").asString() + '-'
                        + component.path("version").asString() + ".jar")
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(listed).isEqualTo(libraries());
    }

    @Test
    void tellsOfEachItsLicenceAndHashAndNothingOfWhenItWasMade() throws IOException {
        for (JsonNode component : BOM.path("components")) {
            assertThat(component.path("licenses").size())
                    .as(component.path("purl").asString())
                    .isPositive();
            assertThat(component.path("hashes").size()).isPositive();
        }
        assertThat(Files.readString(Path.of("target/bom.json"))).doesNotContain("serialNumber");
    }

    private static Set<String> libraries() throws IOException {
        Set<String> names = new TreeSet<>();
        try (ZipFile archive = new ZipFile("target/websocket-service.war")) {
            Enumeration<? extends ZipEntry> entries = archive.entries();
            while (entries.hasMoreElements()) {
                String name = entries.nextElement().getName();
                if (name.startsWith("WEB-INF/lib/") && name.endsWith(".jar")) {
                    names.add(name.substring(name.lastIndexOf('/') + 1));
                }
            }
        }
        assertThat(List.copyOf(names)).hasSizeGreaterThan(10);
        return names;
    }
}
