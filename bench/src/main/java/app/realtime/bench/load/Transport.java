package app.realtime.bench.load;

import java.io.IOException;

/** How clients are connected. */
public enum Transport {
    WEBSOCKET,
    POLLING,
    /** Polling until it is connected, and no further. */
    POLLING_HANDSHAKE;

    Client open(Loop loop, Endpoint server, int number, Traffic traffic) throws IOException {
        return switch (this) {
            case WEBSOCKET -> new WebSocketClient(loop, server, number, traffic);
            case POLLING -> new PollingClient(loop, server, number, traffic, true);
            case POLLING_HANDSHAKE -> new PollingClient(loop, server, number, traffic, false);
        };
    }
}
