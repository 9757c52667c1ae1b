package app.realtime.tls;

/** Which of the two files. */
public enum TlsFile {
    CERTIFICATE(
            "TLS_CERT_FILE", "a PEM file with the service's certificate, and after it those of its issuers in order"),
    KEY("TLS_KEY_FILE", "a PEM file with the private key of the certificate in TLS_CERT_FILE, not encrypted");

    private final String variable;
    private final String expected;

    TlsFile(String variable, String expected) {
        this.variable = variable;
        this.expected = expected;
    }

    /** The environment variable that names it. */
    public String variable() {
        return variable;
    }

    String expected() {
        return expected;
    }
}
