package app.realtime.run;

import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.json.JSONException;
import org.json.JSONObject;

/**
 * Connects with the official Java client, joins rooms, and prints one line for each event until Ctrl-C:
 * {@code mvn -q -Plisten -Drooms=survey:test123,global}.
 */
public final class Listen {

    private Listen() {}

    public static void main(String[] arguments) throws InterruptedException {
        String url = Tools.property("url", "http://localhost:" + Tools.environment("PORT", "3002"));
        String user = Tools.property("user", "demo");
        List<String> rooms = Arrays.stream(Tools.property("rooms", "global").split(","))
                .map(String::strip)
                .filter(room -> !room.isEmpty())
                .toList();
        String token = DevToken.token(user, Tools.property("role", "user"), Duration.ofHours(12));
        Socket socket = IO.socket(
                URI.create(url),
                IO.Options.builder()
                        .setAuth(Map.of("token", token))
                        .setForceNew(true)
                        .build());
        CountDownLatch ended = new CountDownLatch(1);
        socket.onAnyIncoming(event -> System.out.println(line(event)));
        socket.on(Socket.EVENT_CONNECT, nothing -> join(socket, rooms, url));
        socket.on(Socket.EVENT_DISCONNECT, reason -> System.out.println("disconnected: " + reason[0]));
        socket.on(Socket.EVENT_CONNECT_ERROR, error -> {
            System.err.println("Could not connect to " + url + ": " + reason(error));
            if (!(error.length > 0 && error[0] instanceof JSONObject)) {
                System.err.println("Is the service running? `mvn -Pdev` starts it; -Durl names another.");
            }
            ended.countDown();
        });
        socket.connect();
        ended.await();
        socket.close();
        throw Tools.refuse("Ended.");
    }

    private static void join(Socket socket, List<String> rooms, String url) {
        System.out.println("connected to " + url + " as socket " + socket.id());
        for (String room : rooms) {
            if (!room.equals("global")) {
                try {
                    socket.emit("join_room", new JSONObject().put("room", room));
                } catch (JSONException e) {
                    throw new IllegalStateException("A string is always valid JSON", e);
                }
            }
        }
    }

    private static String line(Object[] event) {
        return Arrays.stream(event).map(String::valueOf).collect(Collectors.joining(" "));
    }

    private static String reason(Object[] error) {
        if (error.length == 0) {
            return "no reason given";
        }
        if (error[0] instanceof Exception e) {
            return e.getCause() == null
                    ? String.valueOf(e.getMessage())
                    : String.valueOf(e.getCause().getMessage());
        }
        return error[0] instanceof JSONObject json
                ? json.optString("message", json.toString())
                : String.valueOf(error[0]);
    }
}
