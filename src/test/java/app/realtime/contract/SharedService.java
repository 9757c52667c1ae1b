package app.realtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the service for the first class that asks, ends it after the last, and reads its log after each. */
final class SharedService implements ParameterResolver, AfterAllCallback {

    private static final Namespace NAMESPACE = Namespace.create(SharedService.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Service.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return service(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        String log = service(context).server().logText();
        assertThat(ServerLog.trouble(log)).as("errors in the log").isEmpty();
        assertThat(ServerLog.leaks(log, Secrets.all()))
                .as("tokens and session ids in the log")
                .isZero();
    }

    private static Service service(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Service.class, key -> Service.start(), Service.class);
    }
}
