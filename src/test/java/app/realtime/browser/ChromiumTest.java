package app.realtime.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChromiumTest {

    @TempDir
    private Path directory;

    @Test
    void takesTheOneThatTheEnvironmentNames() throws IOException {
        Path program = program("my-browser");

        assertThat(Chromium.obstacle(Map.of("CHROMIUM_PATH", program.toString(), "PATH", "")))
                .isEmpty();
    }

    @Test
    void looksForOneOnThePath() throws IOException {
        program("google-chrome-stable");

        assertThat(Chromium.obstacle(Map.of("PATH", "/nowhere:" + directory, "CHROMIUM_PATH", "")))
                .isEmpty();
    }

    @Test
    void saysWhatToDoWithoutOne() throws IOException {
        Files.createFile(directory.resolve("chromium"));

        assertThat(Chromium.obstacle(Map.of("PATH", directory.toString())).orElseThrow())
                .contains("apt-get install chromium", "CHROMIUM_PATH");
    }

    @Test
    void refusesAPathThatIsNoProgram() throws IOException {
        program("chromium");
        String gone = directory.resolve("gone").toString();

        assertThatThrownBy(() -> Chromium.obstacle(Map.of("PATH", directory.toString(), "CHROMIUM_PATH", gone)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("CHROMIUM_PATH is " + gone);
    }

    private Path program(String name) throws IOException {
        Path file = Files.createFile(directory.resolve(name));
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
