package app.realtime.conformance.application;

import app.realtime.socketio.Socket;
import app.realtime.socketio.SocketServer;
import tools.jackson.databind.JsonNode;

/**
 * The namespaces {@code /} and {@code /custom} show a client its own handshake in an event {@code auth}. The first also
 * answers {@code message} by an event {@code message-back}, and {@code message-with-ack} by an acknowledgement, with the
 * same arguments.
 */
final class AnsweringNamespaces {

    private AnsweringNamespaces() {}

    static void open(SocketServer server) {
        server.of("/").onConnection(socket -> {
            socket.on("message", (args, ack) -> socket.emit("message-back", args.toArray(JsonNode[]::new)));
            socket.on("message-with-ack", (args, ack) -> ack.send(args));
            showHandshake(socket);
        });
        server.of("/custom").onConnection(AnsweringNamespaces::showHandshake);
    }

    private static void showHandshake(Socket socket) {
        socket.emit("auth", socket.handshake().auth());
    }
}
