package app.realtime.api;

/** Hears of callers that were refused, for metrics. Thread-safe, does not block. */
@FunctionalInterface
public interface RefusalObserver {

    /** @param code why, one of a small fixed set of names */
    void refused(String code);
}
