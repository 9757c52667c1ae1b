package app.realtime.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.run.LibertyApplication;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the conformance server for the first class that asks, and ends it after the last; reads its log after each. */
final class SharedConformanceServer implements ParameterResolver, AfterAllCallback {

    private static final Namespace NAMESPACE = Namespace.create(SharedConformanceServer.class);
    private static final Pattern TROUBLE = Pattern.compile("\\[ERROR|\\bSEVERE\\b|FFDC");

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LibertyApplication.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return server(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        assertThat(server(context).logText().lines())
                .as("errors in the log")
                .noneMatch(line -> TROUBLE.matcher(line).find());
    }

    private static LibertyApplication server(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        LibertyApplication.class,
                        key -> ConformanceServer.start(0, line -> {}),
                        LibertyApplication.class);
    }
}
