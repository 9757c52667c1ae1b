package app.realtime.socketio;

/** Looks at a socket before it is connected. Must not block; several may run at a time. */
@FunctionalInterface
public interface ConnectMiddleware {

    /**
     * May attach data to the socket; must not send or join anything yet.
     *
     * @throws ConnectRefusedException to refuse the connection
     */
    void check(Socket socket) throws ConnectRefusedException;
}
