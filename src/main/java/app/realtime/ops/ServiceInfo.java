package app.realtime.ops;

/**
 * What runs here.
 *
 * @param name the name of the service
 * @param version the version that was built
 * @param production whether the guard rails for production are on
 */
public record ServiceInfo(String name, String version, boolean production) {}
