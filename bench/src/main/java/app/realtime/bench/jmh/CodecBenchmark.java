package app.realtime.bench.jmh;

import app.realtime.engineio.protocol.Codec;
import app.realtime.engineio.protocol.Frame;
import app.realtime.engineio.protocol.Packet;
import app.realtime.engineio.protocol.Payload;
import app.realtime.engineio.protocol.Revision;
import app.realtime.socketio.protocol.EncodedPacket;
import app.realtime.socketio.protocol.PacketDecoder;
import app.realtime.socketio.protocol.PacketEncoder;
import app.realtime.socketio.protocol.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.node.JsonNodeFactory;

/** An event of about 200 bytes, through the codecs of both protocols. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {

    private static final int PACKETS = 10;

    private final app.realtime.socketio.protocol.Packet.Event event = new app.realtime.socketio.protocol.Packet.Event(
            "/",
            OptionalLong.empty(),
            "load",
            List.of(JsonNodeFactory.instance
                    .objectNode()
                    .put("at", 123456789012L)
                    .put("timestamp", "2026-01-01T00:00:00.000Z")
                    .put("text", "x".repeat(108))));

    private final String text = PacketEncoder.encode(event).text();
    private final Codec codec = Codec.of(Revision.V4, false);
    private final Packet packet = new Packet.Text(text);
    private final String frame = "4" + text;
    private final List<Packet> packets =
            Stream.generate(() -> packet).limit(PACKETS).toList();
    private final byte[] payload =
            String.join("\u001e", Collections.nCopies(PACKETS, frame)).getBytes(StandardCharsets.UTF_8);

    @Benchmark
    public EncodedPacket socketIoEncode() {
        return PacketEncoder.encode(event);
    }

    @Benchmark
    public Optional<app.realtime.socketio.protocol.Packet> socketIoDecode() throws ProtocolException {
        return new PacketDecoder().add(text);
    }

    @Benchmark
    public Frame engineIoEncode() {
        return codec.encode(packet);
    }

    @Benchmark
    public Packet engineIoDecode() throws app.realtime.engineio.protocol.ProtocolException {
        return codec.decode(frame);
    }

    /** Ten packets in one answer to a poll. */
    @Benchmark
    public Payload pollingEncode() {
        return codec.encodePayload(packets);
    }

    /** Ten packets in one request. */
    @Benchmark
    public List<Packet> pollingDecode() throws app.realtime.engineio.protocol.ProtocolException {
        return codec.decodePayload(payload, false);
    }
}
