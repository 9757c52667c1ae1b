package app.realtime.engineio.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedTextsTest {

    private final SharedTexts texts = new SharedTexts();

    private static String fresh(String text) {
        return new StringBuilder(text).toString();
    }

    @Test
    void givesTheCopyThatOthersHave() {
        String first = texts.share(fresh("user-agent"));
        assertThat(texts.share(fresh("user-agent"))).isSameAs(first);
    }

    @Test
    void alwaysGivesAnEqualText() {
        // Far more than it holds, so that many want the same place.
        IntStream.range(0, 10_000)
                .mapToObj(i -> "value " + i)
                .forEach(text -> assertThat(texts.share(text)).isEqualTo(text));
    }

    @Test
    void doesNotKeepLongTexts() {
        String first = texts.share("x".repeat(257));
        assertThat(texts.share(fresh("x".repeat(257)))).isEqualTo(first).isNotSameAs(first);
    }
}
