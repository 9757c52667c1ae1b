package app.realtime.events;

/**
 * What became of an event.
 *
 * @param recipients the number of sockets of this instance that it went to
 * @param timestamp the server's time in the event, as text
 */
public record Publication(int recipients, String timestamp) {}
