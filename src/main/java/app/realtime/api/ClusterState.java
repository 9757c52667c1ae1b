package app.realtime.api;

import java.util.Locale;

/** How it stands with the other instances. */
public enum ClusterState {
    /** One instance by itself, as configured. */
    STANDALONE,
    /** Events reach the other instances. */
    CONNECTED,
    /** A cluster is configured and cannot be reached: events stay on this instance. */
    DEGRADED;

    /** The state as answers name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isImpaired() {
        return this == DEGRADED;
    }
}
