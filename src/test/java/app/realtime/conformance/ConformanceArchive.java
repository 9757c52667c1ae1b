package app.realtime.conformance;

import app.realtime.conformance.application.ConformanceApplication;
import app.realtime.engineio.EngineServer;
import app.realtime.socketio.SocketServer;
import com.fasterxml.jackson.annotation.JsonFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;

/**
 * Packs the conformance application: its own classes, of the product nothing but the packages of Engine.IO and
 * Socket.IO, and Jackson.
 */
final class ConformanceArchive {

    private static final String SERVER_XML = "server.xml";
    private static final List<Class<?>> PACKAGES =
            List.of(EngineServer.class, SocketServer.class, ConformanceApplication.class);
    private static final List<Class<?>> LIBRARIES = List.of(JsonNode.class, JsonParser.class, JsonFormat.class);

    private ConformanceArchive() {}

    /** Puts the application and the configuration of its server into the directory of a Liberty server. */
    static void deploy(Path server) {
        try (InputStream configuration = ConformanceArchive.class.getResourceAsStream(SERVER_XML)) {
            Files.copy(configuration, server.resolve(SERVER_XML));
            write(Files.createDirectories(server.resolve("apps")).resolve("conformance.war"));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not make the conformance application in " + server, e);
        }
    }

    private static void write(Path archive) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (Class<?> member : PACKAGES) {
                Path root = location(member);
                Path folder = root.resolve(member.getPackageName().replace('.', '/'));
                try (Stream<Path> files = Files.walk(folder)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        add(zip, "WEB-INF/classes/" + slashed(root.relativize(file)), file);
                    }
                }
            }
            for (Class<?> member : LIBRARIES) {
                Path library = location(member);
                add(zip, "WEB-INF/lib/" + library.getFileName(), library);
            }
        }
    }

    private static void add(ZipOutputStream zip, String name, Path file) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(file, zip);
        zip.closeEntry();
    }

    private static String slashed(Path path) {
        return path.toString().replace('\\', '/');
    }

    /** The jar or the folder that a class was loaded from. */
    private static Path location(Class<?> member) {
        try {
            return Path.of(
                    member.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(member + " has no location", e);
        }
    }
}
