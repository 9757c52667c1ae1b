package app.realtime.rooms;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The types of rooms that there are: the four built in, and those that the configuration declares. Immutable. */
public final class RoomTypes {

    /** {@code global}, {@code survey}, {@code project} and {@code user}. */
    public static final RoomTypes BUILT_IN =
            new RoomTypes(List.of(RoomType.GLOBAL, RoomType.SURVEY, RoomType.PROJECT, RoomType.USER));

    private final Map<String, RoomType> byPrefix;

    private RoomTypes(Collection<RoomType> types) {
        Map<String, RoomType> all = new HashMap<>();
        for (RoomType type : types) {
            if (all.put(type.prefix(), type) != null) {
                throw new IllegalArgumentException("Two room types are called " + type.prefix());
            }
        }
        byPrefix = Map.copyOf(all);
    }

    /**
     * These types and some more.
     *
     * @throws IllegalArgumentException if there is one of that name already
     */
    public RoomTypes with(Collection<RoomType> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<RoomType> all = new ArrayList<>(byPrefix.values());
        all.addAll(more);
        return new RoomTypes(all);
    }

    /** The type with that part of a room's name before the colon. */
    public Optional<RoomType> named(String prefix) {
        return Optional.ofNullable(byPrefix.get(prefix));
    }

    /** Reads a room's name as clients write it; empty if it is not one. */
    public Optional<RoomName> parse(String name) {
        if (name.equals(RoomType.GLOBAL.prefix())) {
            return Optional.of(RoomName.GLOBAL);
        }
        int colon = name.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String id = name.substring(colon + 1);
        return named(name.substring(0, colon))
                .filter(type -> type != RoomType.GLOBAL && RoomName.isId(id))
                .map(type -> new RoomName(type, id));
    }

    /** How room names look, for error messages. */
    public String describe() {
        List<String> others = byPrefix.values().stream()
                .filter(type -> type != RoomType.GLOBAL)
                .map(type -> type.prefix() + ":{id}")
                .sorted()
                .toList();
        return "global, " + String.join(", ", others.subList(0, others.size() - 1)) + " or "
                + others.get(others.size() - 1);
    }
}
