package app.realtime.api;

/**
 * Events of this instance since its start.
 *
 * @param published those that came by HTTP and Kafka
 * @param delivered those as they went to sockets, one for each recipient
 * @param received those that clients sent
 */
public record EventCounts(long published, long delivered, long received) {}
