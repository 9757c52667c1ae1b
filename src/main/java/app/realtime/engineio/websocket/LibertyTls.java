package app.realtime.engineio.websocket;

import jakarta.servlet.http.WebConnection;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Keeps what clients send by TLS whole. When its stream is asked whether there is more, Open Liberty 26.0.0.5 looks for the next
 * record on the connection (its bundle {@code com.ibm.ws.channel.ssl}), and may lose what it still holds of the last one, or
 * what comes next. Here it takes what it holds, or says that there is nothing: it then waits for more on another way, which
 * loses nothing. Stateless.
 */
final class LibertyTls {

    private static final String READING = "getReadInterface";
    private static final String HELD = "unconsumedDecData";
    private static final Long WHATEVER_IS_THERE = 0L;
    private static final Long NOTHING = 0L;
    private static final Long AT_LEAST_ONE_BYTE = 1L;

    private LibertyTls() {}

    /**
     * To be called before the streams of a connection are asked for; without effect on one without TLS.
     *
     * @throws ReflectiveOperationException if this Liberty has other classes
     */
    static void keepWhole(WebConnection connection) throws ReflectiveOperationException {
        Method getter = connection.getClass().getMethod("getTCPConnectionContext");
        Class<?> contextType = getter.getReturnType();
        Object context = getter.invoke(connection);
        if (contextType.getMethod("getSSLContext").invoke(context) == null) {
            return;
        }
        Method readingGetter = contextType.getMethod(READING);
        Object reading = readingGetter.invoke(context);
        Field held = reading.getClass().getDeclaredField(HELD);
        held.setAccessible(true);
        Object guarded = proxy(readingGetter.getReturnType(), (proxy, method, arguments) -> {
            if (!isLook(method, arguments)) {
                return call(method, reading, arguments);
            }
            return held.get(reading) == null
                    ? NOTHING
                    : call(method, reading, new Object[] {AT_LEAST_ONE_BYTE, arguments[1]});
        });
        Object guardedContext = proxy(
                contextType,
                (proxy, method, arguments) ->
                        method.getName().equals(READING) ? guarded : call(method, context, arguments));
        connection.getClass().getMethod("setTCPConnectionContext", contextType).invoke(connection, guardedContext);
    }

    /** Whether it is {@code read(numBytes, timeout)} that takes what is there and waits for nothing. */
    private static boolean isLook(Method method, Object[] arguments) {
        return method.getName().equals("read") && arguments.length == 2 && arguments[0].equals(WHATEVER_IS_THERE);
    }

    private static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private static Object call(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
