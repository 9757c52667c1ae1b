package app.realtime.engineio;

/** What a client that takes its messages too slowly comes up against. */
enum OutboundLimit {
    /** {@link EngineOptions#maxQueuedPackets()}. */
    MESSAGES("OUTBOUND_MAX_MESSAGES"),
    /** {@link EngineOptions#maxQueuedBytes()}. */
    BYTES("OUTBOUND_MAX_BYTES"),
    /** {@link EngineOptions#slowConsumerTimeout()}. */
    TIME("SLOW_CONSUMER_TIMEOUT");

    private final String label;

    OutboundLimit(String label) {
        this.label = label;
    }

    /** As log lines name it. */
    String label() {
        return label;
    }
}
