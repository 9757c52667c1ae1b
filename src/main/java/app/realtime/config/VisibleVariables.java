package app.realtime.config;

import app.realtime.api.EffectiveSettings;
import app.realtime.api.EffectiveSettings.Setting;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The variables as they may be shown: nothing of a secret, and no credentials in an address. */
final class VisibleVariables {

    /** User and password in a URL (RFC 3986, 3.2.1), also where the password holds characters that it may not. */
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^\\s,]*@");

    /** To be set to nothing is not the same for these as not to be set. */
    private static final Set<Variable> EMPTY_IS_A_VALUE =
            EnumSet.of(Variable.KAFKA_BROKERS, Variable.KAFKA_DEAD_LETTER_SUFFIX);

    private final Values values;

    VisibleVariables(Values values) {
        this.values = values;
    }

    EffectiveSettings read(String environment) {
        List<Setting> settings =
                Arrays.stream(Variable.values()).map(this::setting).toList();
        return new EffectiveSettings(environment, settings);
    }

    private Setting setting(Variable variable) {
        Optional<String> set = values.optional(variable);
        boolean isNothing = EMPTY_IS_A_VALUE.contains(variable) && values.isSetEmpty(variable);
        Optional<String> value =
                set.or(() -> Optional.of(variable.defaultValue()).filter(text -> !text.isEmpty() && !isNothing));
        return new Setting(
                variable.name(),
                variable.isSecret() ? Optional.empty() : value.map(VisibleVariables::withoutCredentials),
                set.isEmpty() && !isNothing,
                variable.isSecret());
    }

    private static String withoutCredentials(String value) {
        return USER_INFO.matcher(value).replaceAll("***@");
    }
}
