package app.realtime.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.identity.Identity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoomPolicyTest {

    static Identity.User user(String id, Optional<List<String>> rooms, String... roles) {
        return new Identity.User(id, Optional.empty(), Set.of(roles), rooms, Optional.empty());
    }

    private static Identity identity(String who) {
        return switch (who) {
            case "anonymous" -> new Identity.Anonymous("anon-1");
            case "ann" -> user("ann", Optional.empty(), "user");
            case "admin" -> user("root", Optional.empty(), "admin");
            case "listed" -> user("lea", Optional.of(List.of("survey:1", "project:*", "user:ann")), "user");
            case "listed admin" -> user("adam", Optional.of(List.of("survey:*", "user:ann")), "admin");
            case "order listed" -> user("oli", Optional.of(List.of("order:1")), "user");
            case "orders listed" -> user("ola", Optional.of(List.of("order:*")), "user");
            case "nothing listed" -> user("nil", Optional.of(List.of()), "user");
            default -> throw new IllegalArgumentException(who);
        };
    }

    @ParameterizedTest(name = "{0} may join {1}: {2}")
    @CsvSource({
        "anonymous, global, true",
        "anonymous, survey:1, false",
        "anonymous, project:1, false",
        "anonymous, user:anon-1, false",
        "anonymous, user:ann, false",
        "ann, global, true",
        "ann, survey:1, true",
        "ann, project:1, true",
        "ann, user:ann, true",
        "ann, user:Ann, false",
        "ann, user:bob, false",
        "admin, user:ann, true",
        "admin, survey:1, true",
        "listed, global, true",
        "listed, user:lea, true",
        "listed, survey:1, true",
        "listed, survey:11, false",
        "listed, survey:2, false",
        "listed, project:9, true",
        "listed, user:ann, false",
        "listed admin, survey:9, true",
        "listed admin, project:1, false",
        "listed admin, user:ann, true",
        "listed admin, user:bob, false",
        "nothing listed, global, true",
        "nothing listed, user:nil, true",
        "nothing listed, survey:1, false",
    })
    void decidesWhoMayJoinWhat(String who, String room, boolean allowed) {
        assertThat(RoomPolicy.mayJoin(
                        identity(who), RoomTypes.BUILT_IN.parse(room).orElseThrow()))
                .isEqualTo(allowed);
    }

    @ParameterizedTest(name = "{0} may join {1}, declared with who is listed and with who has a token: {2}, {3}")
    @CsvSource({
        "anonymous, order:1, false, false",
        "ann, order:1, false, true",
        "admin, order:1, true, true",
        "order listed, order:1, true, true",
        "order listed, order:2, false, false",
        "orders listed, order:2, true, true",
        "listed admin, order:1, false, false",
        "nothing listed, order:1, false, false",
    })
    void asksForDeclaredRoomsWhatTheyWereDeclaredWith(String who, String room, boolean listed, boolean authenticated) {
        assertThat(mayJoin(who, room, RoomType.Access.LISTED)).isEqualTo(listed);
        assertThat(mayJoin(who, room, RoomType.Access.AUTHENTICATED)).isEqualTo(authenticated);
    }

    private static boolean mayJoin(String who, String room, RoomType.Access access) {
        RoomTypes types = RoomTypes.BUILT_IN.with(List.of(new RoomType("order", access)));
        return RoomPolicy.mayJoin(identity(who), types.parse(room).orElseThrow());
    }

    @Test
    void putsUsersIntoTheirOwnRoomAndEverybodyIntoTheGlobalOne() {
        assertThat(RoomPolicy.initialRooms(identity("anonymous"))).containsExactly(RoomName.GLOBAL);
        assertThat(RoomPolicy.initialRooms(identity("ann"))).containsExactly(RoomName.GLOBAL, RoomName.user("ann"));
    }

    /** A token's subject may be an e-mail address; no event can be for such a room. */
    @Test
    void givesAUserWhoseIdNamesNoRoomTheGlobalOneAlone() {
        Identity mail = user("ann@example.org", Optional.empty());
        assertThat(RoomPolicy.initialRooms(mail)).containsExactly(RoomName.GLOBAL);
        assertThat(RoomPolicy.mayJoin(mail, RoomName.survey("1"))).isTrue();
        assertThat(RoomPolicy.mayJoin(mail, RoomName.user("ann"))).isFalse();
    }
}
