package app.realtime.ops;

import java.time.Duration;

/**
 * How this instance goes out of service.
 *
 * @param within how long clients are given to go elsewhere
 */
public record DrainSettings(Duration within) {}
