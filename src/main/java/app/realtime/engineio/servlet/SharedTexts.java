package app.realtime.engineio.servlet;

/**
 * One copy of texts that most requests have in common, such as the names of headers and of browsers: a session holds the
 * headers of its handshake for as long as it lives. Not for secrets, which would outlive their session here.
 *
 * <p>Holds a fixed number of short texts; the latest of two that want the same place stays. Thread-safe without a lock:
 * whoever loses a race keeps a copy of its own.
 */
final class SharedTexts {

    private static final int PLACES = 1024;
    private static final int LONGEST = 256;

    private final String[] texts = new String[PLACES];

    /** An equal text: the one that others have, if there is one. */
    String share(String text) {
        if (text.length() > LONGEST) {
            return text;
        }
        int hash = text.hashCode();
        int place = (hash ^ hash >>> 16) & PLACES - 1;
        String known = texts[place];
        if (text.equals(known)) {
            return known;
        }
        texts[place] = text;
        return text;
    }
}
