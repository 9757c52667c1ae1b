package app.realtime.ops;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * SIGTERM, before the JVM begins to end. A shutdown hook comes too late for what takes its time: it runs beside the
 * container's own, which closes the ports at once.
 *
 * <p>The JDK has no API for signals but {@code sun.misc.Signal}, of its supported module {@code jdk.unsupported}; this class
 * alone knows it. Thread-safe.
 */
public final class TerminationSignal implements AutoCloseable {

    private static final String NAME = "TERM";
    private static final Logger LOG = Logger.getLogger(TerminationSignal.class.getName());

    private final Class<?> handlers;
    private final Class<?> signals;
    private final Object signal;
    private final Object before;

    private TerminationSignal(Runnable action) throws ReflectiveOperationException {
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        signals = platform.loadClass("sun.misc.Signal");
        handlers = platform.loadClass("sun.misc.SignalHandler");
        signal = signals.getConstructor(String.class).newInstance(NAME);
        AtomicBoolean came = new AtomicBoolean();
        InvocationHandler handler = (proxy, method, args) -> switch (method.getName()) {
            case "handle" -> {
                try {
                    // Whoever sends it twice does not want to wait.
                    if (came.compareAndSet(false, true)) {
                        action.run();
                    }
                } finally {
                    endAsBefore();
                }
                yield null;
            }
            case "equals" -> proxy == args[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "SIGTERM of " + TerminationSignal.class.getName();
        };
        before = replace(Proxy.newProxyInstance(handlers.getClassLoader(), new Class<?>[] {handlers}, handler));
    }

    /**
     * From now on SIGTERM runs the action first, on a thread of its own, and ends the JVM when it returns; a second one ends
     * the JVM at once.
     *
     * @return to be closed when the action means nothing any more; empty where the JVM gives no signals away (as with
     *     {@code -Xrs}), so that SIGTERM ends it at once
     */
    public static Optional<TerminationSignal> precede(Runnable action) {
        try {
            return Optional.of(new TerminationSignal(action));
        } catch (InvocationTargetException e) {
            LOG.log(Level.INFO, "This JVM gives no signals away: SIGTERM ends it without draining", e.getCause());
        } catch (ReflectiveOperationException e) {
            LOG.log(Level.INFO, "This JVM has no signals: SIGTERM ends it without draining", e);
        }
        return Optional.empty();
    }

    /** By the JVM's own handler, because Liberty writes down who else ends the JVM, with a stack trace. */
    private void endAsBefore() throws ReflectiveOperationException {
        handlers.getMethod("handle", signals).invoke(before, signal);
    }

    private Object replace(Object handler) throws ReflectiveOperationException {
        return signals.getMethod("handle", signals, handlers).invoke(null, signal, handler);
    }

    /** SIGTERM does again what it did before. */
    @Override
    public void close() {
        try {
            replace(before);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("SIGTERM cannot be given back", e);
        }
    }
}
