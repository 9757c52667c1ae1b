package app.realtime.engineio.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentCodingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip, deflate, br | GZIP",
                "deflate | DEFLATE",
                "DEFLATE;q=0.5, gzip;q=0.2 | DEFLATE",
                "gzip;q=0, deflate | DEFLATE",
                "* | GZIP",
                "*;q=0.1, gzip;q=0 | DEFLATE",
                "gzip; q=1.000 | GZIP",
            })
    void takesWhatTheClientLikesBest(String header, ContentCoding coding) {
        assertThat(ContentCoding.accepted(List.of(header))).contains(coding);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'' | ''", "br | ''", "gzip;q=0 | ''", "identity | ''", "gzip;q=much | ''", "; | ''"})
    void leavesTheBodyAsItIsForAllOthers(String header, String nothing) {
        assertThat(ContentCoding.accepted(List.of(header))).isEmpty();
    }

    @Test
    void readsAHeaderInSeveralLines() {
        assertThat(ContentCoding.accepted(List.of("br", "deflate"))).isEqualTo(Optional.of(ContentCoding.DEFLATE));
        assertThat(ContentCoding.accepted(List.of())).isEmpty();
    }

    @Test
    void compressesSoThatOthersCanRead() throws Exception {
        byte[] body = "4hello ".repeat(500).getBytes(StandardCharsets.UTF_8);
        byte[] gzip = ContentCoding.GZIP.compress(body);
        byte[] deflate = ContentCoding.DEFLATE.compress(body);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes())
                .isEqualTo(body);
        assertThat(new InflaterInputStream(new ByteArrayInputStream(deflate)).readAllBytes())
                .isEqualTo(body);
        assertThat(gzip.length).isLessThan(body.length / 10);
    }
}
