package app.realtime.api;

import tools.jackson.databind.node.ObjectNode;

/**
 * Sockets that are connected.
 *
 * @param authenticated those with a verified token
 * @param anonymous those without one
 */
public record ConnectionCounts(int authenticated, int anonymous) {

    public int total() {
        return authenticated + anonymous;
    }

    void write(ObjectNode node) {
        node.put("totalConnections", total())
                .put("authenticatedConnections", authenticated)
                .put("anonymousConnections", anonymous);
    }
}
