package app.realtime.tls;

/** One of the two files is no good. The message says why and what is expected; nothing of a key is in it. */
public final class TlsFileException extends Exception {

    private final TlsFile file;

    TlsFileException(TlsFile file, String problem) {
        this(file, problem, null);
    }

    TlsFileException(TlsFile file, String problem, Throwable cause) {
        super(problem + "; expected " + file.expected(), cause);
        this.file = file;
    }

    public TlsFile file() {
        return file;
    }
}
