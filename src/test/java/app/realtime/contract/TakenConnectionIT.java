package app.realtime.contract;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A websocket's connection is the service's own: the container holds nothing for it, and takes nothing away from it. */
@OnSharedService
class TakenConnectionIT {

    private static final String PATH = "/socket.io/?EIO=4&transport=websocket";
    private static final int MANY = 200;

    private final Service service;

    TakenConnectionIT(Service service) {
        this.service = service;
    }

    private RawFrames webSocket(byte[]... early) {
        int size = 0;
        for (byte[] frame : early) {
            size += frame.length;
        }
        ByteBuffer all = ByteBuffer.allocate(size);
        for (byte[] frame : early) {
            all.put(frame);
        }
        return RawFrames.open(service.server().port(), PATH, all.array());
    }

    private static byte[] text(String packet) {
        return RawFrames.frame(RawFrames.FINAL | RawFrames.TEXT, packet.getBytes(US_ASCII));
    }

    @Test
    void whatIsSentWithTheRequestArrives() {
        try (RawFrames client = webSocket(text("40"), text("420[\"get_rooms\"]"))) {
            assertThat(client.text()).startsWith("0{");
            assertThat(client.text()).startsWith("40{");
            assertThat(client.text()).startsWith("42[\"connected\"");
            assertThat(client.text()).startsWith("42[\"rooms_list\"");
            assertThat(client.text()).startsWith("430[{\"ok\":true");
        }
    }

    @Test
    void whatIsSentWithTheRequestMayEndInTheMidstOfAFrame() {
        byte[] connect = text("40");
        try (RawFrames client = webSocket(new byte[] {connect[0], connect[1]})) {
            assertThat(client.text()).startsWith("0{");
            client.sendRaw(Arrays.copyOfRange(connect, 2, connect.length));
            assertThat(client.text()).startsWith("40{");
        }
    }

    @Test
    void libertyKeepsNothingOfTheRequest() {
        ServerFigures figures = new ServerFigures(service.server());
        List<RawFrames> clients = new ArrayList<>();
        try {
            for (int i = 0; i < MANY; i++) {
                RawFrames client = webSocket(text("40"));
                clients.add(client);
                client.text();
            }
            assertThat(figures.liveInstances("app.realtime.engineio.websocket.WebSocketTransport"))
                    .isGreaterThanOrEqualTo(MANY);
            for (String kept : List.of(
                    "com.ibm.ws.tcpchannel.internal.TCPConnLink",
                    "com.ibm.ws.http.channel.internal.inbound.HttpInboundLink",
                    "com.ibm.ws.http.channel.internal.inbound.HttpInboundServiceContextImpl")) {
                assertThat(figures.liveInstances(kept)).as(kept).isLessThan(MANY / 2);
            }
        } finally {
            clients.forEach(RawFrames::close);
        }
    }
}
