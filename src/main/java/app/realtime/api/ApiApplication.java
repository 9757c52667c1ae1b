package app.realtime.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeIn;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** Everything under {@code /api}. Shared schemas, examples and error answers are in META-INF/openapi.yaml. */
@ApplicationPath("/api")
@OpenAPIDefinition(
        info =
                @Info(
                        title = "websocket-service",
                        version = "0.1.0",
                        description = "Pushes events to Socket.IO clients, by room, and tells how the service is. In"
                                + " production, or when API_KEYS is set, a caller of /api needs an API key or a token"
                                + " with the role admin or service.",
                        license = @License(name = "MIT")))
@SecurityScheme(
        securitySchemeName = ApiApplication.API_KEY,
        type = SecuritySchemeType.APIKEY,
        in = SecuritySchemeIn.HEADER,
        apiKeyName = AccessFilter.API_KEY_HEADER,
        description = "One of API_KEYS.")
@SecurityScheme(
        securitySchemeName = ApiApplication.BEARER,
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        bearerFormat = "JWT",
        description = "A JSON Web Token whose role is admin or service.")
public class ApiApplication extends Application {

    static final String API_KEY = "apiKey";
    static final String BEARER = "bearer";
}
