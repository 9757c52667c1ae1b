package app.realtime.engineio;

import java.time.Duration;

/**
 * How sessions behave.
 *
 * @param pingInterval from one answered ping to the next
 * @param pingTimeout how long a client may take to answer
 * @param upgradeTimeout how long a probed websocket may take to become the session's transport
 * @param maxPayloadBytes the most bytes of one message or polling body from a client
 * @param maxQueuedPackets the most packets that may wait for one client
 * @param maxQueuedBytes the most bytes that may wait for one client
 * @param compressionThreshold from how many bytes on the answer to a poll is compressed, if the client takes that
 */
public record EngineOptions(
        Duration pingInterval,
        Duration pingTimeout,
        Duration upgradeTimeout,
        int maxPayloadBytes,
        int maxQueuedPackets,
        long maxQueuedBytes,
        int compressionThreshold) {

    /** With the bounds that are not configurable yet at their defaults. */
    public EngineOptions(Duration pingInterval, Duration pingTimeout) {
        this(pingInterval, pingTimeout, Duration.ofSeconds(10), 1_000_000, 8_192, 16L << 20, 1_024);
    }
}
