package app.realtime.engineio.websocket;

import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Methods and fields of the classes by which Open Liberty 26.0.0.5 holds an upgraded connection (its bundles
 * {@code com.ibm.ws.channelfw} and {@code com.ibm.ws.transport.http}), looked up once. Immutable.
 */
final class LibertyInternals {

    private static final Logger LOG = Logger.getLogger(LibertyInternals.class.getName());
    private static final String PLAIN_TCP = "com.ibm.ws.tcpchannel.internal.TCPConnLink";
    private static final String VIRTUAL_CONNECTION = "com.ibm.wsspi.channelfw.VirtualConnection";
    private static final byte[] NOTHING = {};

    /** Keys of the map that Liberty's channels share for a connection. */
    private static final String DISPATCHER = "HttpDispatcherLink";

    private static final String UNREAD = "NotUpgradedUnreadData";
    /** Without it Liberty would take the connection back for HTTP when the request ends. */
    private static final String KEPT_AFTER_REQUEST = "UpgradedListener";

    private static final String MAY_CLOSE = "CloseUpgradedWebConnection";

    private final Class<?> connectionClass;
    private final Method tcpLink;
    private final Method virtualConnection;
    private final Method state;
    private final Method socketHolder;
    private final Method socket;
    private final Field heldChannel;
    private final Method readSelector;
    private final Method writeSelector;
    private final Method close;

    private LibertyInternals(WebConnection connection) throws ReflectiveOperationException {
        connectionClass = connection.getClass();
        tcpLink = connectionClass.getMethod("getTCPConnectionContext");
        virtualConnection = connectionClass.getMethod("getVirtualConnection");
        Object link = tcpLink.invoke(connection);
        require(link, PLAIN_TCP);
        socketHolder = accessible(link.getClass().getMethod("getSocketIOChannel"));
        Class<?> holder = socketHolder.invoke(link).getClass();
        socket = accessible(holder.getMethod("getSocket"));
        heldChannel = holder.getSuperclass().getDeclaredField("channel");
        heldChannel.setAccessible(true);
        readSelector = accessible(holder.getDeclaredMethod("getChannelSelectorRead"));
        writeSelector = accessible(holder.getDeclaredMethod("getChannelSelectorWrite"));
        Object virtual = virtualConnection.invoke(connection);
        state = accessible(virtual.getClass().getMethod("getStateMap"));
        Object dispatcher = ((Map<?, ?>) state.invoke(virtual)).get(DISPATCHER);
        Class<?> virtualClass =
                Class.forName(VIRTUAL_CONNECTION, false, dispatcher.getClass().getClassLoader());
        close = accessible(dispatcher.getClass().getMethod("close", virtualClass, Exception.class));
    }

    /** @throws ReflectiveOperationException if this connection, or this Liberty, has other classes */
    static LibertyInternals of(WebConnection connection) throws ReflectiveOperationException {
        return new LibertyInternals(connection);
    }

    private static void require(Object object, String className) throws ClassNotFoundException {
        if (!object.getClass().getName().equals(className)) {
            throw new ClassNotFoundException("Not a " + className + ": " + object.getClass());
        }
    }

    private static Method accessible(Method method) {
        method.setAccessible(true);
        return method;
    }

    boolean fit(WebConnection connection) {
        return connection.getClass() == connectionClass;
    }

    /**
     * Takes the socket and ends the rest.
     *
     * @param reason what Liberty is told; without one it would keep the connection for HTTP
     * @return empty, and nothing has changed, if there is more between the socket and the websocket than TCP
     */
    Optional<TakenSocket> take(WebConnection connection, IOException reason) throws ReflectiveOperationException {
        Object link = tcpLink.invoke(connection);
        require(link, PLAIN_TCP);
        Object holder = socketHolder.invoke(link);
        SocketChannel channel = ((Socket) socket.invoke(holder)).getChannel();
        if (channel == null || channel.isBlocking()) {
            return Optional.empty();
        }
        Object virtual = virtualConnection.invoke(connection);
        @SuppressWarnings("unchecked")
        Map<Object, Object> shared = (Map<Object, Object>) state.invoke(virtual);
        Object dispatcher = shared.get(DISPATCHER);
        Optional<SelectionKey> reading = key(channel, readSelector.invoke(holder));
        Optional<SelectionKey> writing = key(channel, writeSelector.invoke(holder));
        byte[] early = bytes(shared.get(UNREAD));
        // What has no channel is closed without closing one. Until here nothing has changed.
        heldChannel.set(holder, null);
        shared.remove(UNREAD);
        reading.ifPresent(SelectionKey::cancel);
        writing.ifPresent(SelectionKey::cancel);
        shared.put(KEPT_AFTER_REQUEST, "true");
        shared.put(MAY_CLOSE, "true");
        try {
            close.invoke(dispatcher, virtual, reason);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.WARNING, "Liberty keeps what it held for a connection that it has given up", e);
        }
        return Optional.of(new TakenSocket(channel, early));
    }

    /** What has come after the request, in one of Liberty's buffers. */
    private static byte[] bytes(Object buffer) throws ReflectiveOperationException {
        if (buffer == null) {
            return NOTHING;
        }
        Class<?> type = buffer.getClass();
        byte[] bytes = new byte[(int) accessible(type.getMethod("remaining")).invoke(buffer)];
        accessible(type.getMethod("get", byte[].class)).invoke(buffer, (Object) bytes);
        accessible(type.getMethod("release")).invoke(buffer);
        return bytes;
    }

    private static Optional<SelectionKey> key(SocketChannel channel, Object selector)
            throws ReflectiveOperationException {
        return selector == null
                ? Optional.empty()
                : Optional.ofNullable(
                        (SelectionKey) accessible(selector.getClass().getMethod("getKey", SocketChannel.class))
                                .invoke(selector, channel));
    }
}
