package app.realtime.contract;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Ids of Engine.IO sessions, each of which opens its session, and must not be found in a log. Thread-safe. */
final class Secrets {

    private static final Set<String> KNOWN = ConcurrentHashMap.newKeySet();

    private Secrets() {}

    static void remember(String secret) {
        KNOWN.add(secret);
    }

    /** All of them, and all tokens. */
    static Set<String> all() {
        Set<String> all = ConcurrentHashMap.newKeySet();
        all.addAll(KNOWN);
        all.addAll(TokenMint.issued());
        return all;
    }
}
