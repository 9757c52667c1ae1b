package app.realtime.events;

/** What brought an event. */
public enum EventSource {
    HTTP("http"),
    KAFKA("kafka");

    private final String label;

    EventSource(String label) {
        this.label = label;
    }

    /** As metrics and the console show it. */
    public String label() {
        return label;
    }
}
