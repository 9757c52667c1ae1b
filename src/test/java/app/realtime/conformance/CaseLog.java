package app.realtime.conformance;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Prints each case by its full name, as the official suites do, so that the build shows the same table. */
final class CaseLog implements TestWatcher {

    @Override
    public void testSuccessful(ExtensionContext context) {
        print("passed", context);
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        print("FAILED", context);
    }

    private static void print(String result, ExtensionContext test) {
        Deque<String> names = new ArrayDeque<>();
        Optional<ExtensionContext> context = Optional.of(test);
        while (context.filter(level -> level.getTestClass().isPresent()).isPresent()) {
            names.addFirst(context.get().getDisplayName());
            context = context.get().getParent();
        }
        System.out.println("  " + result + "  " + String.join(" > ", names));
    }
}
