package app.realtime.engineio.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** How the body of an answer can be compressed (RFC 9110, section 8.4.1), in our order of preference. */
enum ContentCoding {
    GZIP,
    DEFLATE;

    String token() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ContentCoding> ofToken(String token) {
        return Arrays.stream(values())
                .filter(coding -> coding.token().equals(token))
                .findFirst();
    }

    /** The one that this request's client takes; empty if it takes none. */
    static Optional<ContentCoding> acceptedBy(HttpServletRequest request) {
        return accepted(Collections.list(request.getHeaders("Accept-Encoding")));
    }

    /** @param acceptEncoding the values of the header (RFC 9110, section 12.5.3) */
    static Optional<ContentCoding> accepted(List<String> acceptEncoding) {
        Optional<ContentCoding> best = Optional.empty();
        double bestWeight = 0;
        for (ContentCoding coding : values()) {
            double weight = coding.weight(String.join(",", acceptEncoding));
            if (weight > bestWeight) {
                best = Optional.of(coding);
                bestWeight = weight;
            }
        }
        return best;
    }

    /** From 0, not acceptable, to 1. */
    private double weight(String acceptEncoding) {
        double ofAny = 0;
        for (String member : acceptEncoding.split(",")) {
            String[] parts = member.split(";", -1);
            String coding = parts[0].strip();
            if (coding.equalsIgnoreCase(token())) {
                return quality(parts);
            }
            if (coding.equals("*")) {
                ofAny = quality(parts);
            }
        }
        return ofAny;
    }

    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("q=")) {
                // Not a number: as good as not acceptable.
                return parameter.matches("q=(0(\\.\\d{0,3})?|1(\\.0{0,3})?)")
                        ? Double.parseDouble(parameter.substring(2))
                        : 0;
            }
        }
        return 1;
    }

    byte[] compress(byte[] body) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(body.length / 2);
        try (OutputStream output =
                this == GZIP ? new GZIPOutputStream(compressed) : new DeflaterOutputStream(compressed)) {
            output.write(body);
        }
        return compressed.toByteArray();
    }
}
