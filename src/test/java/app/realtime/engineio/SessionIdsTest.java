package app.realtime.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionIdsTest {

    private final SessionIds ids = new SessionIds("ab-_1234");

    @Test
    void tellWhichInstanceMadeThem() {
        assertThat(ids.next()).matches("[A-Za-z0-9_-]{24}ab-_1234");
        assertThat(ids.otherOwner(new SessionIds("zzzzzzzz").next())).contains("zzzzzzzz");
        assertThat(ids.otherOwner(ids.next())).isEmpty();
    }

    @Test
    void ofTheOnlyInstanceAreTheSecretAlone() {
        SessionIds alone = new SessionIds("");
        assertThat(alone.next()).matches("[A-Za-z0-9_-]{24}");
        assertThat(alone.otherOwner(ids.next())).isEmpty();
    }

    @Test
    void areNeverTheSame() {
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            all.add(ids.next());
        }
        assertThat(all).hasSize(1000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ab-_1234",
                "xxxxxxxxxxxxxxxxxxxxxxxxzzzzzzz",
                "xxxxxxxxxxxxxxxxxxxxxxxxzzzzzzzzz",
                "xxxxxxxxxxxxxxxxxxxxxxxxzzz\r\nzzz",
                "xxxxxxxxxxxxxxxxxxxxxxxxzzzzzzzé"
            })
    void ofAnotherFormHaveNoOwner(String id) {
        assertThat(ids.otherOwner(id)).isEmpty();
    }
}
