package app.realtime.engineio;

import java.time.Duration;

/**
 * How sessions behave.
 *
 * @param pingInterval from one answered ping to the next
 * @param pingTimeout how long a client may take to answer
 * @param upgradeTimeout how long a probed websocket may take to become the session's transport
 * @param maxPayloadBytes the most bytes of one message or polling body from a client
 * @param maxQueuedPackets the most packets that may wait for one client; an attachment is one of its own
 * @param maxQueuedBytes the most bytes that may wait for one client, but for a single message, which may be larger
 * @param slowConsumerTimeout how long messages may wait for a client that takes none of them
 * @param compressionThreshold from how many bytes on the answer to a poll is compressed, if the client takes that
 */
public record EngineOptions(
        Duration pingInterval,
        Duration pingTimeout,
        Duration upgradeTimeout,
        int maxPayloadBytes,
        int maxQueuedPackets,
        long maxQueuedBytes,
        Duration slowConsumerTimeout,
        int compressionThreshold) {

    /** With everything else at its default. */
    public EngineOptions(Duration pingInterval, Duration pingTimeout) {
        this(
                pingInterval,
                pingTimeout,
                Duration.ofSeconds(10),
                1_000_000,
                4_000,
                2_000_000,
                Duration.ofSeconds(20),
                1_024);
    }

    /** The same but for how much may wait for one client, and how long; see there. */
    public EngineOptions withOutboundLimits(int packets, long bytes, Duration timeout) {
        return new EngineOptions(
                pingInterval,
                pingTimeout,
                upgradeTimeout,
                maxPayloadBytes,
                packets,
                bytes,
                timeout,
                compressionThreshold);
    }
}
