package app.realtime.bench.cluster;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One load on one cluster. Broadcasts come in at its first instance.
 *
 * @param size how many instances share the Redis; 0 for one that has none
 * @param members of the room on each instance
 * @param rate broadcasts per second
 */
record Scenario(String name, int size, List<Integer> members, int rate) {

    private static final int MANY = 1500;
    private static final int SMALL = 20;

    /** Enough to find what one broadcast and one message cost, and three more to check it by. */
    static List<Scenario> all(int sockets, int rate) {
        return List.of(
                new Scenario("alone", 0, spread(sockets, 1), rate),
                new Scenario("one", 1, spread(sockets, 1), rate),
                new Scenario("two", 2, spread(sockets, 2), rate),
                new Scenario("three", 3, spread(sockets, 3), rate),
                new Scenario("alone-empty", 0, List.of(0), MANY),
                new Scenario("one-empty", 1, List.of(0), MANY),
                new Scenario("two-empty", 2, List.of(0, 0), MANY),
                new Scenario("three-empty", 3, List.of(0, 0, 0), MANY),
                new Scenario("two-small", 2, List.of(SMALL, SMALL), 5 * rate),
                new Scenario("three-uneven", 3, List.of(sockets / 2, sockets / 2, 0), 5 * rate / 2));
    }

    private static List<Integer> spread(int sockets, int instances) {
        return IntStream.range(0, instances).mapToObj(i -> sockets / instances).toList();
    }

    int instances() {
        return members.size();
    }

    int recipients() {
        return members.stream().mapToInt(Integer::intValue).sum();
    }
}
