package app.realtime.engineio.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class BrokenBase64Test {

    @Test
    void takesBytesWithLineBreaksAsTheJavaClientSendsThem() throws ProtocolException {
        byte[] bytes = new byte[200];
        String lines = Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(bytes) + '\n';
        byte[] payload = ("4x\u001eb" + lines).getBytes(StandardCharsets.UTF_8);
        Packet packet = CodecV4.BINARY.decodePayload(payload, false).get(1);
        assertThat(((Packet.Binary) packet).data()).isEqualTo(bytes);
    }
}
