package app.realtime.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where certificate and key are. Links on the way are followed anew by each reading. Immutable. */
public record TlsFiles(Path certificate, Path key) {

    /** More than chain and key can reasonably need. */
    private static final int MAX_BYTES = 1_000_000;

    /** What is in them now. */
    public Contents read() throws TlsFileException {
        return new Contents(read(TlsFile.CERTIFICATE), read(TlsFile.KEY));
    }

    String read(TlsFile file) throws TlsFileException {
        try (InputStream in = Files.newInputStream(file == TlsFile.KEY ? key : certificate)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new TlsFileException(file, "is larger than " + MAX_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new TlsFileException(
                    file, "names a file that cannot be read (" + e.getClass().getSimpleName() + ')', e);
        }
    }

    /** Two texts; the second is secret. */
    public record Contents(String certificate, String key) {

        @Override
        public String toString() {
            return "Contents[]";
        }
    }
}
