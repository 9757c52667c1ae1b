package app.realtime.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;

class RoomNameTest {

    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.strings()
                .withCharRange('A', 'Z')
                .withCharRange('a', 'z')
                .withCharRange('0', '9')
                .withChars('.', '_', '~', '-')
                .ofMinLength(1)
                .ofMaxLength(128);
    }

    @Provide
    Arbitrary<RoomType> types() {
        return Arbitraries.of(RoomType.GLOBAL, RoomType.SURVEY, RoomType.PROJECT, RoomType.USER);
    }

    @Property(tries = 200)
    void everyIdMakesANameThatReadsAsItWasWritten(@ForAll("ids") String id, @ForAll("types") RoomType type) {
        String name = type == RoomType.GLOBAL ? "global" : type.prefix() + ":" + id;
        assertThat(RoomTypes.BUILT_IN.parse(name)).hasValueSatisfying(room -> {
            assertThat(room.type()).isEqualTo(type);
            assertThat(room).hasToString(name);
        });
    }

    @Property(tries = 500)
    void whatReadsAsANameIsWrittenInTheSameWay(
            @ForAll @CharRange(from = 'g', to = 'u') @CharRange(from = ':', to = ':') String name) {
        RoomTypes.BUILT_IN.parse(name).ifPresent(room -> assertThat(room).hasToString(name));
    }

    @Property(tries = 200)
    void noOtherCharacterIsPartOfAnId(@ForAll("ids") String id, @ForAll char other) {
        boolean allowed = String.valueOf(other).matches("[A-Za-z0-9._~-]");
        assertThat(RoomName.isId(id.substring(1) + other)).isEqualTo(allowed);
        assertThat(RoomTypes.BUILT_IN.parse("survey:" + other + id.substring(1)).isPresent())
                .isEqualTo(allowed);
    }

    @Property(tries = 200)
    void anyTextIsANameOrNone(@ForAll String name) {
        assertThat(RoomTypes.BUILT_IN.parse(name)).isNotNull();
    }

    @Example
    void namesAreAsLongAsTheyMayBe() {
        assertThat(RoomTypes.BUILT_IN.parse("survey:" + "a".repeat(128))).isPresent();
        assertThat(RoomTypes.BUILT_IN.parse("survey:" + "a".repeat(129))).isEmpty();
        assertThat(RoomTypes.BUILT_IN.parse("survey:")).isEmpty();
    }

    @Example
    void otherFormsAreNoNames() {
        for (String name : new String[] {
            "",
            ":",
            "global:",
            "global:1",
            "GLOBAL",
            "Survey:1",
            "room:1",
            "survey",
            "survey:1:2",
            " survey:1",
            "survey:1\n",
            "survey: 1",
            "survey:*",
            "survey:\u00e9",
            "survey:../x",
            "\u017furvey:1"
        }) {
            assertThat(RoomTypes.BUILT_IN.parse(name)).as(name).isEmpty();
        }
    }

    @Example
    void typesHaveTheirNamesWhateverTheLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(RoomName.survey("I")).hasToString("survey:I");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Example
    void typesMayBeDeclaredOnceAndBesideTheBuiltInOnes() {
        RoomType order = new RoomType("order", RoomType.Access.LISTED);
        RoomTypes types = RoomTypes.BUILT_IN.with(List.of(order));
        assertThat(types.parse("order:1")).contains(new RoomName(order, "1"));
        assertThat(types.parse("survey:1")).contains(RoomName.survey("1"));
        assertThat(types.describe()).isEqualTo("global, order:{id}, project:{id}, survey:{id} or user:{id}");
        assertThatIllegalArgumentException().isThrownBy(() -> types.with(List.of(order)));
        assertThatIllegalArgumentException().isThrownBy(() -> new RoomType("Order", RoomType.Access.LISTED));
    }

    @Example
    void anIdThatDoesNotFitIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> RoomName.user("a b"));
        assertThatIllegalArgumentException().isThrownBy(() -> new RoomName(RoomType.GLOBAL, "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> RoomName.project(""));
    }
}
