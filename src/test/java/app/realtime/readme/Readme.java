package app.realtime.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** README.md, taken apart. Immutable. */
record Readme(String text) {

    /** The language of blocks that hold commands. */
    static final String COMMANDS = "bash";

    private static final Pattern FENCE =
            Pattern.compile("^```(\\S*)[ ]*(\\S*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern INLINE_CODE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern ADDRESS = Pattern.compile("<(http://localhost:[^>]+)>");
    private static final Pattern TABLE_ROW = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\| (?:`([^`]*)`)? ?\\|");

    /**
     * A fenced block.
     *
     * @param language what follows the fence, such as {@code bash}
     * @param terminal where it is typed or seen, when it is not the first; the word after the language
     */
    record Block(String language, String terminal, String text) {}

    static Readme read() {
        try {
            return new Readme(Files.readString(Path.of("README.md")));
        } catch (IOException e) {
            throw new UncheckedIOException("README.md cannot be read", e);
        }
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = FENCE.matcher(text);
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2), matcher.group(3)));
        }
        return List.copyOf(blocks);
    }

    /** What stands between backticks within a line of prose. */
    Stream<String> inlineCode() {
        return INLINE_CODE.matcher(FENCE.matcher(text).replaceAll("")).results().map(code -> code.group(1));
    }

    /** The addresses of the service that the text links to. */
    Stream<String> addresses() {
        return ADDRESS.matcher(text).results().map(address -> address.group(1));
    }

    /** The rows of the table of variables, as {@code NAME=default}. */
    List<String> variables() {
        return TABLE_ROW
                .matcher(text)
                .results()
                .map(row -> row.group(1) + '=' + (row.group(2) == null ? "" : row.group(2)))
                .toList();
    }
}
