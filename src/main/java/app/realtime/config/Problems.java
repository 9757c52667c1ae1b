package app.realtime.config;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with the configuration: all of it, so that it can be put right at once. Owned by one thread. */
final class Problems {

    private static final int SHOWN_CHARACTERS = 80;

    private final List<String> lines = new ArrayList<>();

    /** @param text continues the variable's name; no part of a secret may be in it */
    void add(Variable variable, String text) {
        add(variable.name(), text);
    }

    /** For a variable of a family that is too large to be listed. */
    void add(String variable, String text) {
        lines.add(variable + ": " + text);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** A value as it may be shown: on one line, not too long. */
    static String quote(String value) {
        String line = value.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
        return '"' + (line.length() > SHOWN_CHARACTERS ? line.substring(0, SHOWN_CHARACTERS) + "..." : line) + '"';
    }
}
