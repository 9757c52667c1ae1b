package app.realtime.bench;

import java.util.List;

/**
 * How much load.
 *
 * @param sockets in the room that is broadcast to
 * @param rate broadcasts per second at a fixed rate
 * @param bytes of one event on the wire
 * @param window broadcasts on their way at a time, when as many as possible are sent
 * @param seconds of one measurement
 * @param connections counts of idle connections
 * @param quick whether a first look is enough: less warming up, fewer handshakes
 */
public record Scale(
        int sockets, int rate, int bytes, int window, int seconds, List<Integer> connections, boolean quick) {}
