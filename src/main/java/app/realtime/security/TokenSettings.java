package app.realtime.security;

import java.util.Optional;

/**
 * Which tokens are believed. With neither a secret nor public keys, none is.
 *
 * @param sharedSecret verifies HS256
 * @param publicKeys where the keys are that verify RS, PS and ES algorithms
 * @param issuer what claim {@code iss} must be; empty: not checked
 * @param audience what claim {@code aud} must hold; empty: not checked
 */
public record TokenSettings(
        Optional<SharedSecret> sharedSecret,
        Optional<KeyLocation> publicKeys,
        Optional<String> issuer,
        Optional<String> audience) {}
