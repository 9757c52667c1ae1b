package app.realtime.identity;

/** A token that proves nothing. Neither message nor cause carries any part of the token. */
public final class TokenRefusedException extends Exception {

    /** Why, as the peer is told it in {@code data.code}. */
    public enum Reason {
        EXPIRED("token_expired"),
        INVALID("token_invalid");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    private final Reason reason;

    public TokenRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
