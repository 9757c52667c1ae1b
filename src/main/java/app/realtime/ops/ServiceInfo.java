package app.realtime.ops;

/**
 * What runs here.
 *
 * @param name the name of the service
 * @param version the version that was built
 * @param environment {@code development}, {@code test} or {@code production}
 */
public record ServiceInfo(String name, String version, String environment) {

    /** Whether the guard rails for production are on. */
    public boolean production() {
        return environment.equals("production");
    }

    /** Whether what helps developers is on. */
    public boolean development() {
        return environment.equals("development");
    }
}
