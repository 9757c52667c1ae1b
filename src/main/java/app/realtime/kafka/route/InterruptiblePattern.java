package app.realtime.kafka.route;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressions;
import java.util.regex.Pattern;

/**
 * A pattern of a schema whose search ends when its thread is interrupted. Some patterns take years on some texts, and
 * {@link Pattern} itself does not look. Thread-safe.
 */
final class InterruptiblePattern implements RegularExpression {

    private final Pattern pattern;

    /** @throws java.util.regex.PatternSyntaxException if it is no pattern */
    InterruptiblePattern(String regex) {
        // As the library's own pattern does: ECMA-262 and Java differ in these.
        pattern = Pattern.compile(
                RegularExpressions.replaceLongformCharacterProperties(RegularExpressions.replaceDollarAnchors(regex)));
    }

    /** @throws IllegalStateException if the thread was interrupted; the interrupt stays set */
    @Override
    public boolean matches(String value) {
        return pattern.matcher(new Interruptible(value)).find();
    }

    /** A text that cannot be read by a thread that is interrupted. */
    private record Interruptible(CharSequence text) implements CharSequence {

        @Override
        public char charAt(int index) {
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("Interrupted while a pattern of the schema was searched for");
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Interruptible(text.subSequence(start, end));
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
