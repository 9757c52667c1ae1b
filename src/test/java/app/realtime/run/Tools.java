package app.realtime.run;

import java.util.Map;

/** What the small command-line tools have in common. Their arguments are system properties: {@code -Dname=value}. */
final class Tools {

    private static final Map<String, String> ENVIRONMENT = System.getenv();

    private Tools() {}

    /** The property's value, or the default when it is missing or empty. */
    static String property(String name, String otherwise) {
        String value = System.getProperty(name, "");
        return value.isBlank() ? otherwise : value;
    }

    /** Like {@link #property}, but without a default: prints the usage and ends this JVM. */
    static String required(String name, String usage) {
        String value = property(name, "");
        if (value.isEmpty()) {
            throw refuse("-D" + name + " is missing. Usage: " + usage);
        }
        return value;
    }

    static String environment(String name, String otherwise) {
        String value = DotEnv.read(java.nio.file.Path.of(".env"), ENVIRONMENT).getOrDefault(name, "");
        return value.isBlank() ? otherwise : value;
    }

    /** Ends this JVM with a message; never returns, the exception is for the compiler. */
    static IllegalStateException refuse(String message) {
        System.out.flush();
        System.err.println(message);
        System.exit(1);
        return new IllegalStateException(message);
    }
}
