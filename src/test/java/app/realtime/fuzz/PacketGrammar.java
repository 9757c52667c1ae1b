package app.realtime.fuzz;

import java.util.List;

/** Texts that are nearly packets: each part of the grammar is now and then left out, doubled or replaced. */
final class PacketGrammar {

    /** What well-behaved clients send after the digit of an Engine.IO message; also what mutations begin with. */
    static final List<String> VALID = List.of(
            "0",
            "0{\"token\":\"eyJhbGciOiJIUzI1NiJ9.e30.x\"}",
            "0/admin,{\"a\":1}",
            "1",
            "2[\"ping\"]",
            "21[\"ping\"]",
            "2[\"get_rooms\"]",
            "22[\"get_rooms\",{}]",
            "23[\"join_room\",{\"room\":\"survey:fuzz\"}]",
            "24[\"leave_room\",{\"room\":\"survey:fuzz\"}]",
            "2[\"join_room\",\"survey:fuzz\"]",
            "25[\"authenticate\",{\"token\":\"eyJhbGciOiJIUzI1NiJ9.e30.x\"}]",
            "2[\"unknown\",1,2.5,null,true,\"\\ud83d\\ude00\",{\"a\":[1,{\"b\":2}]}]",
            "31[]",
            "312[\"a\",{\"b\":1}]",
            "51-[\"ping\",{\"_placeholder\":true,\"num\":0}]",
            "52-7[\"a\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]",
            "61-3[{\"_placeholder\":true,\"num\":0}]",
            "2/admin,[\"ping\"]");

    private static final List<String> COUNTS =
            List.of("1-", "2-", "10-", "11-", "0-", "-", "1", "-1-", "99999999999-", "1.5-");
    private static final List<String> NAMESPACES =
            List.of("/,", "/admin,", "/admin", "//", "/a?b=c,", "/\u0000,", "/../,", "/" + "n".repeat(300) + ",");
    private static final List<String> ACK_IDS =
            List.of("0", "1", "007", "999999999999999", "9007199254740993", "9".repeat(40), "-1", "1e3", " 1");
    private static final List<String> NAMES = List.of(
            "ping",
            "join_room",
            "leave_room",
            "get_rooms",
            "authenticate",
            "connect",
            "connect_error",
            "disconnect",
            "disconnecting",
            "newListener",
            "removeListener",
            "error",
            "",
            "__proto__");
    private static final List<String> SCALARS = List.of(
            "null",
            "true",
            "0",
            "-0",
            "1e999",
            "1e999999999",
            "-1E-999999999",
            "NaN",
            "0x1",
            "01",
            "\"\"",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "\"\\x\"",
            "'a'",
            "{\"_placeholder\":true,\"num\":0}",
            "{\"_placeholder\":true,\"num\":7}",
            "{\"_placeholder\":true,\"num\":-1}",
            "{\"_placeholder\":true,\"num\":\"0\"}",
            "{\"_placeholder\":true}",
            "{\"room\":\"survey:fuzz\"}",
            "{\"room\":null}",
            "{\"token\":1}",
            "{\"__proto__\":{\"a\":1}}",
            "/**/1",
            "\ufeff1");

    private final Chance chance;

    PacketGrammar(Chance chance) {
        this.chance = chance;
    }

    /** What follows the digit of an Engine.IO message. */
    String socketPacket() {
        StringBuilder packet = new StringBuilder();
        packet.append(chance.percent(95) ? (char) ('0' + chance.below(8)) : chance.text(1));
        if (chance.percent(30)) {
            packet.append(chance.of(COUNTS));
        }
        if (chance.percent(20)) {
            packet.append(chance.of(NAMESPACES));
        }
        if (chance.percent(40)) {
            packet.append(chance.of(ACK_IDS));
        }
        if (chance.percent(90)) {
            packet.append(payload());
        }
        if (chance.percent(5)) {
            packet.append(chance.text(4));
        }
        return packet.toString();
    }

    /** The body of an Engine.IO packet, its digit included. */
    String enginePacket() {
        return switch (chance.below(12)) {
            case 0 -> String.valueOf((char) ('0' + chance.below(10)));
            case 1 -> chance.of(List.of("2probe", "3probe", "5", "6", "1", "0{}", "2", "3"));
            case 2 -> (char) ('0' + chance.below(10)) + chance.text(8);
            case 3 -> chance.text(20);
            default -> '4' + (chance.percent(30) ? chance.of(VALID) : socketPacket());
        };
    }

    private String payload() {
        return switch (chance.below(10)) {
            case 0 -> value(3);
            case 1 -> "[".repeat(chance.between(50, 3_000)) + (chance.percent(50) ? "" : "]".repeat(100));
            case 2 -> "{\"a\":".repeat(chance.between(50, 3_000)) + '1' + "}".repeat(chance.below(3_000));
            default -> "[" + '"' + chance.of(NAMES) + '"' + (chance.percent(70) ? "," + value(3) : "") + "]";
        };
    }

    private String value(int depth) {
        if (depth == 0 || chance.percent(40)) {
            return chance.percent(85) ? chance.of(SCALARS) : '"' + chance.text(30) + '"';
        }
        StringBuilder value = new StringBuilder();
        boolean array = chance.percent(50);
        value.append(array ? '[' : '{');
        for (int i = chance.below(4); i > 0; i--) {
            if (!array) {
                value.append('"').append(chance.text(5)).append("\":");
            }
            value.append(value(depth - 1)).append(i > 1 || chance.percent(5) ? "," : "");
        }
        return value.append(array ? ']' : '}').toString();
    }
}
