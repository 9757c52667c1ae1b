package app.realtime.identity;

/** Tells whose a token is. Implementations are thread-safe and never wait for the network on the caller's thread. */
public interface TokenVerifier {

    /**
     * Verifies signature, expiry, issuer and audience of a JSON Web Token in compact form.
     *
     * @throws TokenRefusedException if the token proves nothing; the reason is safe to show to its bearer
     */
    Identity.User verify(String token) throws TokenRefusedException;
}
