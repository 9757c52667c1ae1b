package app.realtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DotEnvTest {

    @TempDir
    private Path directory;

    @Test
    void readsNamesAndValues() throws IOException {
        Path file = file("# comment\n\nA=1\nexport B = two \nC=\"a # b\" # note\nD='x'\nE=v # note\nF=\nG=a=b\n");
        assertThat(DotEnv.read(file, Map.of()))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("A", "1", "B", "two", "C", "a # b", "D", "x", "E", "v", "F", "", "G", "a=b"));
    }

    @Test
    void letsTheEnvironmentWinEvenWhenItsValueIsEmpty() throws IOException {
        assertThat(DotEnv.read(file("A=1\nB=2\n"), Map.of("A", ""))).isEqualTo(Map.of("A", "", "B", "2"));
    }

    @Test
    void doesWithoutAFile() {
        assertThat(DotEnv.read(directory.resolve("none"), Map.of("A", "1"))).isEqualTo(Map.of("A", "1"));
    }

    @Test
    void namesTheLineThatIsNoSetting() throws IOException {
        Path file = file("A=1\nnonsense\n");
        assertThatThrownBy(() -> DotEnv.read(file, Map.of())).hasMessageContaining("line 2");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve(".env"), text);
    }
}
