package app.realtime.rooms;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** What other instances know of rooms. Thread-safe, does not block. */
@FunctionalInterface
public interface RoomsElsewhere {

    /** How many connections of other instances are in each of these rooms; never fails, and soon answers with what it knows. */
    CompletionStage<Map<String, Integer>> connections(Set<String> rooms);
}
