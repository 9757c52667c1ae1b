package app.realtime.kafka.consumer;

/** Whether records can come in. */
public enum FeedState {
    /** No brokers are configured. */
    DISABLED,

    /** The consumer has not been a member of its group yet. */
    CONNECTING,

    /** The consumer has a connection and is a live member of its group. */
    CONNECTED,

    /** It was connected, and no longer is. */
    DISCONNECTED
}
