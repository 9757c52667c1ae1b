package app.realtime.config;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads typed values. A bad one is noted as a problem and its default taken instead, so that the reading goes on to the
 * next problem. Owned by one thread.
 */
final class Values {

    /** The timers of browsers count milliseconds in 31 bits, a little more than 24 days. */
    static final long MAX_MILLIS = Duration.ofDays(24).toMillis();

    /** Less than this is most likely meant in seconds. */
    private static final long MIN_MILLIS = 100;

    private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?[0-9]{1,100}");

    private final Environment environment;
    private final Problems problems;

    Values(Environment environment, Problems problems) {
        this.environment = environment;
        this.problems = problems;
    }

    Problems problems() {
        return problems;
    }

    /** The value exactly as it is set, nothing if it is blank. */
    Optional<String> exact(Variable variable) {
        return environment.value(variable.name()).filter(value -> !value.isBlank());
    }

    /** The value without the white space around it, nothing if it is blank. */
    Optional<String> optional(Variable variable) {
        return exact(variable).map(String::strip);
    }

    /** The value of a variable of a family that is too large to be listed; nothing if it is blank. */
    Optional<String> ofFamily(String name) {
        return environment.value(name).filter(value -> !value.isBlank()).map(String::strip);
    }

    /** Whether it is set to nothing, as opposed to not set. */
    boolean isSetEmpty(Variable variable) {
        return environment.value(variable.name()).filter(String::isBlank).isPresent();
    }

    String text(Variable variable) {
        return optional(variable).orElse(variable.defaultValue());
    }

    /** The entries of a comma-separated list; empty entries do not count. */
    List<String> list(Variable variable) {
        return split(text(variable));
    }

    static List<String> split(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    int number(Variable variable, int min, int max) {
        return (int) number(variable, min, max, "a whole number");
    }

    Duration millis(Variable variable) {
        return Duration.ofMillis(number(variable, MIN_MILLIS, MAX_MILLIS, "a whole number of milliseconds"));
    }

    private long number(Variable variable, long min, long max, String what) {
        String text = text(variable);
        String expected = "; expected " + what + " from " + min + " to " + max;
        if (!WHOLE_NUMBER.matcher(text).matches()) {
            problems.add(variable, Problems.quote(text) + " is not a whole number" + expected);
            return Long.parseLong(variable.defaultValue());
        }
        BigInteger number = new BigInteger(text);
        if (number.compareTo(BigInteger.valueOf(min)) < 0 || number.compareTo(BigInteger.valueOf(max)) > 0) {
            problems.add(variable, Problems.quote(text) + " is out of range" + expected);
            return Long.parseLong(variable.defaultValue());
        }
        return number.longValue();
    }

    String oneOf(Variable variable, List<String> choices) {
        String text = text(variable);
        if (!choices.contains(text)) {
            problems.add(
                    variable, Problems.quote(text) + " is not known; expected one of " + String.join(", ", choices));
            return variable.defaultValue();
        }
        return text;
    }
}
