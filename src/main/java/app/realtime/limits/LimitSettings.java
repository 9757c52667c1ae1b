package app.realtime.limits;

import java.time.Duration;

/**
 * How much one client may do.
 *
 * @param maxConnectionsPerAddress open sessions per client address, 1 or more
 * @param maxMessages messages per socket and window, 1 or more
 * @param window the time after which messages count anew
 */
public record LimitSettings(int maxConnectionsPerAddress, int maxMessages, Duration window) {}
