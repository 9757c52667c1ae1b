package app.realtime.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.deployment.Dockerfile.Instruction;
import app.realtime.deployment.Dockerfile.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The files of a build stage, made by its COPY and RUN in a directory that stands for the root of the image. What is copied
 * from another stage comes from where this build has put it.
 */
final class ImageFiles {

    private final Path root;
    private final Map<String, Path> otherStages;
    private final Map<String, String> environment = new HashMap<>();
    private Path workDirectory;

    private ImageFiles(Path root, Map<String, Path> otherStages, Map<String, String> environment) {
        this.root = root;
        this.workDirectory = root;
        this.otherStages = otherStages;
        this.environment.putAll(environment);
    }

    /**
     * @param otherStages where the directories of other stages are
     * @param environment for RUN
     */
    static ImageFiles make(Stage stage, Path root, Map<String, Path> otherStages, Map<String, String> environment)
            throws IOException, InterruptedException {
        ImageFiles files = new ImageFiles(root, otherStages, environment);
        Files.createDirectories(root.resolve("tmp"));
        for (Instruction instruction : stage.instructions()) {
            files.follow(instruction);
        }
        return files;
    }

    /** Where an absolute path of the image is. */
    Path path(String absolute) {
        return root.resolve(absolute.substring(1));
    }

    private void follow(Instruction instruction) throws IOException, InterruptedException {
        switch (instruction.name()) {
            case "WORKDIR" -> workDirectory = Files.createDirectories(path(instruction.arguments()));
            case "ENV" -> instruction.words().forEach(this::set);
            case "COPY" -> copy(instruction);
            case "RUN" -> run(instruction.arguments());
            default -> throw new AssertionError("Not known here: " + instruction);
        }
    }

    private void set(String assignment) {
        String[] parts = assignment.split("=", 2);
        environment.put(parts[0], parts[1].startsWith("/") ? path(parts[1]).toString() : parts[1]);
    }

    private void copy(Instruction copy) throws IOException {
        List<String> words = copy.words();
        String target = words.get(words.size() - 1);
        boolean intoDirectory = target.endsWith("/") || words.size() > 2;
        Path to = target.startsWith("/") ? path(target) : workDirectory.resolve(target);
        for (String source : words.subList(0, words.size() - 1)) {
            Path from = copy.flag("from").isPresent() ? ofOtherStage(source) : Path.of(source);
            copyTree(from, intoDirectory && !Files.isDirectory(from) ? to.resolve(from.getFileName()) : to);
        }
    }

    private Path ofOtherStage(String source) {
        return otherStages.entrySet().stream()
                .filter(entry -> source.startsWith(entry.getKey()))
                .map(entry ->
                        entry.getValue().resolve(source.substring(entry.getKey().length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nothing here is " + source));
    }

    private void run(String command) throws IOException, InterruptedException {
        Path log = root.resolve("run.log");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command.replace(" /tmp/", " " + path("/tmp") + "/"))
                .directory(workDirectory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended && process.waitFor() == 0)
                .as(() -> command + ":\n" + read(log))
                .isTrue();
        Files.delete(log);
    }

    /** With times and permissions, as COPY does it. */
    static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
                // Only who owns it can give the permission back; root needs none.
                each.toFile().setWritable(true);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, IOException failure) throws IOException {
                Files.delete(each);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + log, e);
        }
    }
}
