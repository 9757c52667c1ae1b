package app.realtime.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of a PEM text (RFC 7468), and of those with headers from before it (RFC 1421). */
final class PemBlocks {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,64})-----(.*?)-----END \\1-----", Pattern.DOTALL);

    private static final String ENCRYPTED_HEADER = "Proc-Type: 4,ENCRYPTED";

    private PemBlocks() {}

    /** In their order; text between them is passed over. */
    static List<Block> of(String text) {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        return blocks;
    }

    /** One block. */
    record Block(String label, String body) {

        boolean isEncrypted() {
            return label.startsWith("ENCRYPTED ") || body.contains(ENCRYPTED_HEADER);
        }

        /** What is not Base64 is left out, so damage shows when the bytes are decoded. */
        byte[] der() {
            return Base64.getMimeDecoder().decode(body);
        }
    }
}
