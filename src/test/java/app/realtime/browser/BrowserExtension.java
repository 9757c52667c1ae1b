package app.realtime.browser;

import static org.assertj.core.api.Assertions.assertThat;

import app.realtime.clients.RestartableService;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests a browser ({@link BrowserTest}); it is started for the first class that asks, and ends after the last. */
final class BrowserExtension implements BeforeAllCallback, AfterAllCallback, AfterEachCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(BrowserExtension.class);

    private static final Map<Class<?>, Function<ExtensionContext, Object>> PARAMETERS = Map.of(
            Page.class, context -> visit(context).page(),
            BrowserContext.class, context -> visit(context).context(),
            PageLog.class, context -> visit(context).log(),
            WebApp.class, context -> shared(context).webApp(),
            ServiceApi.class,
                    context -> new ServiceApi(shared(context).service().uri()),
            RestartableService.class, context -> shared(context).service());

    @Override
    public void beforeAll(ExtensionContext context) {
        Chromium.require();
    }

    /** So that a constructor takes what its test gets, and not what the tests of the class would share. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return PARAMETERS.containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return PARAMETERS.get(parameter.getParameter().getType()).apply(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Visit visit = context.getStore(NAMESPACE).get(Visit.class, Visit.class);
        if (visit == null) {
            return;
        }
        try (visit) {
            List<String> problems = visit.log().problems();
            if (!problems.isEmpty() || context.getExecutionException().isPresent()) {
                visit.keep(context.getRequiredTestClass().getSimpleName()
                        + '.'
                        + context.getRequiredTestMethod().getName());
            }
            assertThat(problems).as("what went wrong in the pages").isEmpty();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        SharedBrowser shared = context.getRoot().getStore(NAMESPACE).get(SharedBrowser.class, SharedBrowser.class);
        if (shared != null && shared.hasService()) {
            assertThat(shared.service().trouble()).as("errors in the log").isEmpty();
            assertThat(shared.service().leaks()).as("tokens in the log").isZero();
        }
    }

    private static Visit visit(ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        Visit.class, key -> new Visit(shared(context).browser()), Visit.class);
    }

    private static SharedBrowser shared(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(SharedBrowser.class, key -> new SharedBrowser(), SharedBrowser.class);
    }
}
