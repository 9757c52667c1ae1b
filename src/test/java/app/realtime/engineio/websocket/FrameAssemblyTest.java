package app.realtime.engineio.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.engineio.websocket.FrameAssembly.Complete;
import app.realtime.engineio.websocket.FrameAssembly.Incomplete;
import app.realtime.engineio.websocket.FrameAssembly.TooLarge;
import org.junit.jupiter.api.Test;

class FrameAssemblyTest {

    private final FrameAssembly assembly = new FrameAssembly(10);

    @Test
    void passesAMessageOfOneFrame() {
        byte[] bytes = new byte[10];
        assertThat(assembly.add(bytes, true)).isEqualTo(new Complete(bytes));
        assertThat(((Complete) assembly.add(new byte[0], true)).message()).isEmpty();
    }

    @Test
    void putsFramesTogetherAndBeginsAnewAfterEachMessage() {
        for (byte i = 0; i < 3; i++) {
            assertThat(assembly.add(new byte[] {i}, false)).isEqualTo(new Incomplete());
            assertThat(assembly.add(new byte[8], false)).isEqualTo(new Incomplete());
            assertThat(((Complete) assembly.add(new byte[] {9}, true)).message())
                    .containsExactly(i, 0, 0, 0, 0, 0, 0, 0, 0, 9);
        }
    }

    @Test
    void refusesWhatGrowsOverTheLimitAndEverythingAfterIt() {
        assertThat(assembly.add(new byte[6], false)).isEqualTo(new Incomplete());
        assertThat(assembly.add(new byte[5], false)).isEqualTo(new TooLarge());
        assertThat(assembly.add(new byte[1], true)).isEqualTo(new TooLarge());
    }
}
