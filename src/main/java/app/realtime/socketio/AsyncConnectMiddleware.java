package app.realtime.socketio;

import java.util.concurrent.CompletionStage;

/** Looks at a socket before it is connected, and takes its time without a thread. Must not block; several may run. */
@FunctionalInterface
public interface AsyncConnectMiddleware {

    /**
     * May attach data to the socket; must not send or join anything yet.
     *
     * @return completed normally to let the socket in; failed with a {@link ConnectRefusedException} to refuse the
     *     connection. The next middleware, and the connection's listeners, run on the thread that completes it.
     */
    CompletionStage<Void> check(Socket socket);
}
