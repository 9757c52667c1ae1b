package app.realtime.api;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lets only those callers to what is {@link Guarded} who may, and tells JAX-RS who they are. */
@Provider
@Guarded
@Priority(Priorities.AUTHENTICATION)
@Dependent
public class AccessFilter implements ContainerRequestFilter {

    /** The header that holds one of {@code API_KEYS}. */
    public static final String API_KEY_HEADER = "X-API-Key";

    private static final Pattern BEARER = Pattern.compile("Bearer +(\\S+) *", Pattern.CASE_INSENSITIVE);

    @Inject
    private CallerAuthenticator authenticator;

    @Inject
    private RefusalObserver observer;

    @Override
    public void filter(ContainerRequestContext request) {
        CallerAuthenticator.Decision decision = authenticator.authenticate(
                Optional.ofNullable(request.getHeaders().getFirst(API_KEY_HEADER)),
                Optional.ofNullable(request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION))
                        .map(BEARER::matcher)
                        .filter(Matcher::matches)
                        .map(matcher -> matcher.group(1)));
        if (decision instanceof CallerAuthenticator.Refused refused) {
            observer.refused(refused.code());
            request.abortWith(answer(refused));
        } else {
            request.setSecurityContext(new CallerSecurityContext(
                    decision, request.getSecurityContext().isSecure()));
        }
    }

    private static Response answer(CallerAuthenticator.Refused refused) {
        Response.ResponseBuilder answer = new Problem(refused.status(), refused.code(), refused.message()).response();
        if (refused.status() == 401) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"websocket-service\"");
        }
        return answer.build();
    }
}
