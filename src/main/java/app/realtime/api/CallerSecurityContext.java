package app.realtime.api;

import app.realtime.identity.Identity;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/**
 * Who calls, for JAX-RS. The holder of a token is a {@code JsonWebToken}; the holder of an API key, and anybody when
 * the API is open, has the roles {@code service} and {@code admin}.
 */
record CallerSecurityContext(CallerAuthenticator.Decision decision, boolean isSecure) implements SecurityContext {

    /** {@code null} for a caller without a token, as JAX-RS has it. */
    @Override
    public Principal getUserPrincipal() {
        return decision instanceof CallerAuthenticator.ByToken token ? new VerifiedToken(token.user()) : null;
    }

    @Override
    public boolean isUserInRole(String role) {
        return decision instanceof CallerAuthenticator.ByToken token
                ? token.user().hasRole(role)
                : role.equals(Identity.SERVICE) || role.equals(Identity.ADMIN);
    }

    @Override
    public String getAuthenticationScheme() {
        return decision instanceof CallerAuthenticator.ByToken ? "Bearer" : null;
    }
}
