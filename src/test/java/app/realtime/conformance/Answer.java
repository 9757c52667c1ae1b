package app.realtime.conformance;

import java.nio.charset.StandardCharsets;

/** The answer to an HTTP request. */
record Answer(int status, byte[] body) {

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
