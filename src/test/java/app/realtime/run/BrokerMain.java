package app.realtime.run;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Formats the data directory if it is new, then runs the broker, in one JVM. The broker's libraries are on this
 * process's class path alone, hence by reflection.
 */
public final class BrokerMain {

    private BrokerMain() {}

    /** @param arguments the properties file, the data directory, the cluster's id */
    public static void main(String[] arguments) throws Exception {
        String properties = arguments[0];
        if (!Files.exists(Path.of(arguments[1], "meta.properties"))) {
            String[] format = {"format", "-t", arguments[2], "-c", properties};
            int status = (int) Class.forName("kafka.tools.StorageTool")
                    .getMethod("execute", String[].class, PrintStream.class)
                    .invoke(null, format, System.out);
            if (status != 0) {
                System.exit(status);
            }
        }
        Class.forName("kafka.Kafka").getMethod("main", String[].class).invoke(null, (Object) new String[] {properties});
    }
}
