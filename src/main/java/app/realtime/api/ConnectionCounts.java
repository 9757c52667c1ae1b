package app.realtime.api;

/**
 * Sockets that are connected to this instance.
 *
 * @param authenticated those with a verified token
 * @param anonymous those without one
 */
public record ConnectionCounts(int authenticated, int anonymous) {

    public int total() {
        return authenticated + anonymous;
    }
}
