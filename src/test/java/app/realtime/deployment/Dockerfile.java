package app.realtime.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The instructions of the Dockerfile, by build stage. */
final class Dockerfile {

    /** One instruction, with its flags apart: {@code COPY --from=build /a /b}. */
    record Instruction(String name, List<String> flags, String arguments) {

        List<String> words() {
            return List.of(arguments.split("\\s+"));
        }

        Optional<String> flag(String flag) {
            return flags.stream()
                    .filter(each -> each.startsWith("--" + flag + "="))
                    .map(each -> each.substring(flag.length() + 3))
                    .findFirst();
        }
    }

    /** A stage: what FROM says, and the instructions after it. */
    record Stage(String image, String name, List<Instruction> instructions) {

        List<Instruction> all(String instruction) {
            return instructions.stream()
                    .filter(each -> each.name().equals(instruction))
                    .toList();
        }

        Instruction the(String instruction) {
            List<Instruction> found = all(instruction);
            if (found.size() != 1) {
                throw new AssertionError(instruction + " is there " + found.size() + " times in stage " + name);
            }
            return found.get(0);
        }
    }

    private final List<Stage> stages = new ArrayList<>();

    private Dockerfile(List<Instruction> instructions) {
        for (Instruction instruction : instructions) {
            if (instruction.name().equals("FROM")) {
                List<String> words = instruction.words();
                stages.add(new Stage(words.get(0), words.size() == 3 ? words.get(2) : "", new ArrayList<>()));
            } else {
                stages.get(stages.size() - 1).instructions().add(instruction);
            }
        }
    }

    static Dockerfile read() {
        try {
            return new Dockerfile(parse(Files.readAllLines(Path.of("Dockerfile"))));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read the Dockerfile", e);
        }
    }

    List<Stage> stages() {
        return stages;
    }

    Stage stage(String name) {
        return stages.stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No stage " + name));
    }

    /** The one that becomes the image. */
    Stage image() {
        return stages.get(stages.size() - 1);
    }

    private static List<Instruction> parse(List<String> lines) {
        List<Instruction> instructions = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            if (line.isBlank() || line.strip().startsWith("#")) {
                continue;
            }
            boolean goesOn = line.endsWith("\\");
            text.append(goesOn ? line.substring(0, line.length() - 1) : line).append(' ');
            if (!goesOn) {
                instructions.add(instruction(text.toString().strip()));
                text.setLength(0);
            }
        }
        return instructions;
    }

    private static Instruction instruction(String text) {
        String[] words = text.split("\\s+");
        List<String> flags = new ArrayList<>();
        int next = 1;
        while (next < words.length && words[next].startsWith("--")) {
            flags.add(words[next++]);
        }
        String arguments = String.join(" ", List.of(words).subList(next, words.length));
        return new Instruction(words[0], flags, arguments);
    }
}
