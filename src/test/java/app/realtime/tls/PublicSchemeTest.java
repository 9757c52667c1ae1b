package app.realtime.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** liberty/server.env, as Liberty's script reads it: it decides which file server.xml includes. */
@DisabledOnOs(OS.WINDOWS)
class PublicSchemeTest {

    @Test
    void isHttpsWhereThereIsACertificateAndHttpElsewhere() throws Exception {
        assertThat(scheme(Map.of())).isEqualTo("http");
        assertThat(scheme(Map.of("TLS_CERT_FILE", ""))).isEqualTo("http");
        assertThat(scheme(Map.of("TLS_KEY_FILE", "/tls.key"))).isEqualTo("http");
        assertThat(scheme(Map.of("TLS_CERT_FILE", "/with space/tls.crt"))).isEqualTo("https");
        assertThat(scheme(Map.of("PUBLIC_SCHEME", "https"))).isEqualTo("http");
        assertThat(Files.exists(Path.of("liberty/public-https.xml"))).isTrue();
    }

    private static String scheme(Map<String, String> environment) throws IOException {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", ". liberty/server.env && printf %s \"$PUBLIC_SCHEME\"");
        shell.environment().keySet().removeAll(Set.of("TLS_CERT_FILE", "TLS_KEY_FILE", "PUBLIC_SCHEME"));
        shell.environment().putAll(environment);
        return new String(shell.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
