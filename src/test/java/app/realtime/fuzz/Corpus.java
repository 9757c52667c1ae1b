package app.realtime.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** What is sent over a session: valid, mutated, nearly valid by grammar, or nothing but noise. For one thread. */
final class Corpus {

    private final Chance chance;
    private final PacketGrammar grammar;
    private final Mutator mutator;

    Corpus(Chance chance) {
        this.chance = chance;
        this.grammar = new PacketGrammar(chance);
        this.mutator = new Mutator(chance);
    }

    /** The payload of a text frame of a websocket. */
    byte[] frame() {
        if (chance.oneIn(3_000)) {
            return Chance.utf8("42[\"ping\",\"" + "y".repeat(chance.between(900_000, 1_200_000)) + "\"]");
        }
        return chance.from(
                () -> Chance.utf8('4' + chance.of(PacketGrammar.VALID)),
                () -> Chance.utf8(grammar.enginePacket()),
                () -> Chance.utf8(grammar.enginePacket()),
                () -> mutator.mutate(Chance.utf8('4' + chance.of(PacketGrammar.VALID))),
                () -> mutator.mutate(Chance.utf8(grammar.enginePacket())),
                () -> chance.bytes(40));
    }

    /** The body of a polling request of that revision. */
    byte[] body(int revision) {
        if (chance.oneIn(3_000)) {
            return Chance.utf8("42[\"ping\",\"" + "y".repeat(chance.between(900_000, 1_200_000)) + "\"]");
        }
        byte[] body = chance.percent(8) ? chance.bytes(60) : revision == 3 ? lengths() : separators();
        return chance.percent(40) ? mutator.mutate(body) : body;
    }

    private List<byte[]> packets() {
        List<byte[]> packets = new ArrayList<>();
        int count = chance.percent(60) ? 1 : chance.oneIn(200) ? 2_000 : chance.between(2, 6);
        for (int i = 0; i < count; i++) {
            packets.add(
                    chance.percent(12)
                            ? Chance.utf8('b' + Base64.getEncoder().encodeToString(chance.bytes(20)))
                            : Chance.utf8(count > 100 ? "3" : grammar.enginePacket()));
        }
        return packets;
    }

    /** Revision 4: separators between packets. */
    private byte[] separators() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] packet : packets()) {
            if (body.size() > 0) {
                body.write(0x1e);
            }
            body.writeBytes(packet);
        }
        return body.toByteArray();
    }

    /** Revision 3: lengths before packets, in digits, or in bytes ended by 255. */
    private byte[] lengths() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean binary = chance.percent(30);
        for (byte[] packet : packets()) {
            int length = chance.percent(90) ? packet.length : chance.below(2 * packet.length + 3);
            if (binary) {
                body.write(chance.percent(95) ? chance.below(2) : chance.below(256));
                String.valueOf(length).chars().forEach(digit -> body.write(digit - '0'));
                body.write(chance.percent(95) ? 255 : chance.below(256));
            } else {
                body.writeBytes(Chance.utf8((chance.percent(97) ? length : "99999999999") + ":"));
            }
            body.writeBytes(packet);
        }
        return body.toByteArray();
    }
}
