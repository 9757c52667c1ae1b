package app.realtime.api;

import app.realtime.identity.Identity;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Keeps callers from what is {@link AdminOnly} whose token has another role. */
@Provider
@AdminOnly
@Priority(Priorities.AUTHORIZATION)
@Dependent
public class AdminFilter implements ContainerRequestFilter {

    private static final String CODE = "role_required";

    @Inject
    private RefusalObserver observer;

    @Override
    public void filter(ContainerRequestContext request) {
        if (!request.getSecurityContext().isUserInRole(Identity.ADMIN)) {
            observer.refused(CODE);
            request.abortWith(new Problem(403, CODE, "This needs an API key, or a token whose role is admin.")
                    .response()
                    .build());
        }
    }
}
