package app.realtime.clients;

import java.util.Locale;

/** What every official client must be able to do with the service. The JavaScript program has one check for each. */
enum Check {
    /** Connects without a token, and is greeted. */
    CONNECT,
    /** Ends up on the transport that it is to use, and gets events and acknowledgements by it. */
    TRANSPORT,
    /** Is known by its token. */
    TOKEN,
    /** Is refused with a token that somebody else has signed, and told why. */
    BAD_TOKEN,
    /** Joins and leaves rooms, and lists them. */
    ROOMS,
    /** Gets the events of the rooms that it is in, while it is in them, and of no others. */
    MEMBERS_ONLY,
    /** Has each of its requests acknowledged with what belongs to that request, refusals too. */
    ACKNOWLEDGEMENTS,
    /** Sends bytes, at any depth and many of them, and is answered. */
    BINARY,
    /** Comes back by itself when the service has started again, and gets events again. */
    RECONNECT;

    /** The name in the JavaScript program. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if there is no such check */
    static Check of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }

    /** For the names of tests. */
    @Override
    public String toString() {
        return key().replace('_', ' ');
    }
}
