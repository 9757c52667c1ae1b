package app.realtime.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedOriginsTest {

    private final AllowedOrigins origins =
            AllowedOrigins.of(List.of("http://localhost:3000", "https://App.example.com", "capacitor://localhost"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:3000",
                "HTTP://LOCALHOST:3000",
                "https://app.example.com",
                "https://app.example.com:443",
                "capacitor://localhost",
            })
    void allowsTheOriginsThatAreNamed(String origin) {
        assertThat(origins.allow(origin)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost",
                "http://localhost:3001",
                "https://localhost:3000",
                "http://app.example.com",
                "https://app.example.com.evil.example",
                "https://evil.example/https://app.example.com",
                "https://app.example.com@evil.example",
                "https://sub.app.example.com",
                "null",
                "",
                "*",
            })
    void allowsNoOthers(String origin) {
        assertThat(origins.allow(origin)).isFalse();
    }

    @Test
    void aStarAllowsAll() {
        AllowedOrigins any = AllowedOrigins.of(List.of("*"));

        assertThat(any.allow("https://anything.example")).isTrue();
        assertThat(any.allow("null")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:3000",
                "http://localhost:3000/",
                "http://localhost/path",
                "http://",
                "http://host:0",
                "http://host:65536",
                "http://user@host",
                "https://*.example.com",
                "null",
            })
    void saysWhichEntryIsNoOrigin(String entry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AllowedOrigins.of(List.of(entry)))
                .withMessageContaining(entry);
    }

    @ParameterizedTest
    @CsvSource({
        "http://host:3002,host:3002,true",
        "http://HOST:3002,host:3002,true",
        "https://host,host,true",
        "https://host,host:443,true",
        "http://host,host:80,true",
        "http://[::1]:3002,[::1]:3002,true",
        "http://host:3002,host,false",
        "https://host,host:80,false",
        "http://host:3002,other:3002,false",
        "http://host,host@other,false",
        "null,null,false",
    })
    void knowsAPageOfItsOwnHost(String origin, String host, boolean same) {
        assertThat(AllowedOrigins.isSameOrigin(origin, host)).isEqualTo(same);
    }

    @Property(tries = 300)
    void answersAnything(@ForAll String origin, @ForAll String host) {
        assertThat(origins.allow(origin)).isFalse();
        assertThat(AllowedOrigins.isSameOrigin(origin, host)).isFalse();
    }
}
