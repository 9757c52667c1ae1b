package app.realtime.run;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Starts Open Liberty, as the build has unpacked it, in a JVM of its own that ends with this one. */
final class LibertyJvm {

    /** Liberty lets requests that are under way finish for up to 30 s. */
    static final Duration STOP = Duration.ofSeconds(40);

    private LibertyJvm() {}

    /**
     * @param what is started, at the beginning of a sentence
     * @param directory holds the server's files, in {@code servers} and the server's name, and gets its log
     * @param options for the JVM
     * @param environment added to this JVM's own
     * @param lines is given each line of the console, on a thread of its own
     */
    static ChildProcess start(
            String what,
            Path directory,
            String server,
            List<String> options,
            Map<String, String> environment,
            Consumer<String> lines) {
        Path install = Build.serverInstall();
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("WLP_USER_DIR", directory.toString());
        variables.put("WLP_OUTPUT_DIR", directory.resolve("servers").toString());

        Path jar = install.resolve("bin/tools/ws-server.jar");
        List<String> command = new ArrayList<>(JavaCommand.QUICK);
        command.add("@" + platformOptions(install));
        command.add("-javaagent:" + install.resolve("bin/tools/ws-javaagent.jar"));
        command.add("-Djava.awt.headless=true");
        command.addAll(options);
        command.addAll(List.of("-cp", jar + File.pathSeparator + JavaCommand.ownClasses()));
        command.addAll(List.of(ParentWatch.class.getName(), "com.ibm.ws.kernel.boot.cmdline.EnvCheck", server));
        Path log = directory.resolve("console.log");
        return ChildProcess.java(
                what, command, variables, directory.resolve("servers").resolve(server), log, lines, STOP);
    }

    /** What Liberty's own start script gives to a JVM of this version: the JDK's packages that it needs opened. */
    private static Path platformOptions(Path install) {
        Path options = install.resolve("lib/platform/java");
        Path recent = options.resolve("java24.options");
        return Runtime.version().feature() >= 24 && Files.exists(recent) ? recent : options.resolve("java9.options");
    }
}
