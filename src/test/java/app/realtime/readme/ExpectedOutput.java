package app.realtime.readme;

import java.util.regex.Pattern;

/**
 * What a command should print, as README.md shows it: an ellipsis stands for any text, a time for any time, the numbers
 * that depend on when somebody looks for any number, and white space does not count.
 */
record ExpectedOutput(String shown) {

    private static final Pattern VARIABLE = Pattern.compile("…"
            + "|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"
            + "|(?<=\"uptime\":)\\d+"
            + "|(?<=offset)\\d+"
            + "|(?<=\"version\":\")[^\"]+");

    /** How often the output has this in it, for outputs that grow. */
    long timesIn(String output) {
        return pattern().matcher(compact(output)).results().count();
    }

    private Pattern pattern() {
        String text = compact(shown);
        StringBuilder regex = new StringBuilder();
        int end = 0;
        for (var matcher = VARIABLE.matcher(text); matcher.find(); end = matcher.end()) {
            regex.append(Pattern.quote(text.substring(end, matcher.start()))).append(placeholder(matcher.group()));
        }
        return Pattern.compile(regex.append(Pattern.quote(text.substring(end))).toString());
    }

    private static String placeholder(String shown) {
        if (shown.equals("…")) {
            return ".*?";
        }
        if (shown.endsWith("Z")) {
            return "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
        }
        return shown.matches("\\d+") ? "\\d+" : "[^\"]+";
    }

    private static String compact(String text) {
        return text.replaceAll("\u001B\\[[0-9;]*m", "").replaceAll("\\s+", "");
    }
}
