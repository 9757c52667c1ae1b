package app.realtime.bench.load;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;

/**
 * An HTTP answer that has come in full.
 *
 * @param body what is between its position and its limit
 */
record HttpAnswer(int status, ByteBuffer body) {

    private static final String LENGTH = "\r\ncontent-length:";
    private static final String CHUNKED = "\r\ntransfer-encoding: chunked";

    /** Takes an answer out of the input; empty, and nothing taken, if it is not there in full. */
    static Optional<HttpAnswer> take(ByteBuffer input) {
        int begin = endOfHead(input);
        if (begin < 0) {
            return Optional.empty();
        }
        String head = Client.text(input, input.position(), begin).toLowerCase(Locale.ROOT);
        int status = Integer.parseInt(head.substring(9, 12));
        if (head.contains(CHUNKED)) {
            return chunks(input, begin).map(body -> new HttpAnswer(status, body));
        }
        int end = begin + length(head);
        if (input.limit() < end) {
            return Optional.empty();
        }
        input.position(end);
        return Optional.of(
                new HttpAnswer(status, input.duplicate().position(begin).limit(end)));
    }

    /** The index behind the empty line, or -1. */
    static int endOfHead(ByteBuffer input) {
        return after(input, input.position(), "\r\n\r\n");
    }

    private static int length(String head) {
        int at = head.indexOf(LENGTH);
        if (at < 0) {
            throw new IllegalStateException(
                    "An answer without a length: " + head.lines().findFirst());
        }
        int from = at + LENGTH.length();
        return Integer.parseInt(head.substring(from, head.indexOf('\r', from)).strip());
    }

    private static Optional<ByteBuffer> chunks(ByteBuffer input, int begin) {
        ByteBuffer body = ByteBuffer.allocate(input.limit() - begin);
        int at = begin;
        while (true) {
            int data = after(input, at, "\r\n");
            if (data < 0) {
                return Optional.empty();
            }
            int size = Integer.parseInt(Client.text(input, at, data - 2).strip(), 16);
            if (input.limit() < data + size + 2) {
                return Optional.empty();
            }
            body.put(input.duplicate().position(data).limit(data + size));
            at = data + size + 2;
            if (size == 0) {
                input.position(at);
                return Optional.of(body.flip());
            }
        }
    }

    private static int after(ByteBuffer input, int from, String mark) {
        int last = input.limit() - mark.length();
        for (int i = from; i <= last; i++) {
            int matched = 0;
            while (matched < mark.length() && input.get(i + matched) == mark.charAt(matched)) {
                matched++;
            }
            if (matched == mark.length()) {
                return i + matched;
            }
        }
        return -1;
    }
}
