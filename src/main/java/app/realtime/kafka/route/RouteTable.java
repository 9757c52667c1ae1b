package app.realtime.kafka.route;

import app.realtime.rooms.RoomType;
import java.util.List;

/**
 * What the configuration adds to the built-in routes. Immutable.
 *
 * @param types room types that it declares
 * @param problems why some of it is missing here; empty if all is well
 */
public record RouteTable(List<RoomType> types, List<Route> routes, List<RouteProblem> problems) {

    public static final RouteTable EMPTY = new RouteTable(List.of(), List.of(), List.of());

    public RouteTable {
        types = List.copyOf(types);
        routes = List.copyOf(routes);
        problems = List.copyOf(problems);
    }
}
