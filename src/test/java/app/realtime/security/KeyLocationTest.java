package app.realtime.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyLocationTest {

    @Test
    void tellsFilesFromUrls() {
        assertThat(KeyLocation.parse("keys/public.pem")).isEqualTo(new KeyLocation.File(Path.of("keys/public.pem")));
        assertThat(KeyLocation.parse("file:///etc/keys.json"))
                .isEqualTo(new KeyLocation.File(Path.of("/etc/keys.json")));
        assertThat(KeyLocation.parse("https://id.example.com/jwks")).isInstanceOf(KeyLocation.Url.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://",
                "http:keys",
                "https:///keys",
                "http://a b/",
                "ftp://host/keys",
                "file:keys",
                "file://host/keys",
                "file:///%zz",
                "https://user:password@host/keys",
                "nul\0l",
            })
    void refusesOtherPlaces(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyLocation.parse(text))
                .withMessageStartingWith("is ")
                .withMessageNotContaining("password@");
    }

    @Test
    void showsNoQuery() {
        assertThat(KeyLocation.parse("https://id.example.com:8443/jwks?key=hidden"))
                .hasToString("https://id.example.com:8443/jwks");
    }
}
