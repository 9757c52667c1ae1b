package app.realtime.engineio.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnsentTest {

    private static final int ONE_WRITE = 64 << 10;

    private final SlowConnection output = new SlowConnection();
    private final Unsent unsent = new Unsent();

    @Test
    void sendsManyPiecesAtOnce() throws IOException {
        for (int i = 0; i < 100; i++) {
            unsent.add(new byte[] {(byte) i});
        }
        unsent.sendTo(output);
        assertThat(output.calls()).isEqualTo(1);
        assertThat(output.sent()).hasSize(100).startsWith(0, 1, 2).endsWith(98, 99);
        assertThat(unsent.isEmpty()).isTrue();
    }

    @Test
    void aPieceMayBeLargerThanAWrite() throws IOException {
        byte[] large = new byte[3 * ONE_WRITE + 1];
        new Random(1).nextBytes(large);
        unsent.add(large);
        unsent.sendTo(output);
        assertThat(output.sent()).isEqualTo(large);
        assertThat(output.calls()).isEqualTo(4);
    }

    /** Whatever the pieces and however little the peer takes at a time. */
    @Test
    void losesAndRepeatsNothing() throws IOException {
        Random random = new Random(2);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int round = 0; round < 300; round++) {
            for (int i = random.nextInt(4); i > 0; i--) {
                byte[] piece = new byte[random.nextInt(40)];
                random.nextBytes(piece);
                unsent.add(piece);
                all.writeBytes(piece);
            }
            output.take(random.nextInt(80));
            unsent.sendTo(output);
        }
        output.take(Integer.MAX_VALUE);
        unsent.sendTo(output);
        assertThat(output.sent()).isEqualTo(all.toByteArray());
        assertThat(unsent.isEmpty()).isTrue();
    }
}
