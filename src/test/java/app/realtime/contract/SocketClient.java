package app.realtime.contract;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Manager;
import io.socket.client.Socket;
import io.socket.engineio.client.Transport;
import io.socket.engineio.parser.Packet;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.json.JSONException;
import org.json.JSONObject;
import org.json.JSONTokener;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/** The official Java client, with what it receives kept in order. Safe to use from any thread. */
public final class SocketClient implements AutoCloseable {

    private static final OkHttpClient HTTP = http();

    private final Socket socket;
    private final Inbox inbox = new Inbox();
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final CompletableFuture<JsonNode> refused = new CompletableFuture<>();
    private final CompletableFuture<String> disconnected = new CompletableFuture<>();
    private volatile String transport = "";

    private SocketClient(URI uri, Consumer<IO.Options> customizer) {
        IO.Options options = IO.Options.builder()
                .setForceNew(true)
                .setReconnection(false)
                .setTimeout(20_000)
                .build();
        options.callFactory = HTTP;
        options.webSocketFactory = HTTP;
        customizer.accept(options);
        socket = IO.socket(uri, options);
        socket.io().on(Manager.EVENT_TRANSPORT, args -> watch((Transport) args[0]));
        socket.onAnyIncoming(
                args -> inbox.add(new Inbox.Event((String) args[0], json(Arrays.copyOfRange(args, 1, args.length)))));
        socket.on(Socket.EVENT_CONNECT, args -> connected.complete(null));
        socket.on(Socket.EVENT_CONNECT_ERROR, args -> {
            refused.complete(args.length == 0 ? StringNode.valueOf("") : json(args[0]));
            connected.completeExceptionally(new IllegalStateException("Refused: " + Arrays.toString(args)));
        });
        socket.on(Socket.EVENT_DISCONNECT, args -> disconnected.complete(String.valueOf(args[0])));
        socket.connect();
    }

    private void watch(Transport used) {
        used.on(Transport.EVENT_PACKET, args -> {
            if (((Packet<?>) args[0]).type.equals(Packet.MESSAGE)) {
                transport = used.name;
            }
        });
    }

    /** By default OkHttp runs five requests to a host at a time, and every polling client keeps one open. */
    private static OkHttpClient http() {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequestsPerHost(64);
        return new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .readTimeout(1, TimeUnit.MINUTES)
                .build();
    }

    /** Begins to connect. */
    public static SocketClient begin(URI uri, Consumer<IO.Options> customizer) {
        return new SocketClient(uri, customizer);
    }

    /** Connects, and waits until it is connected. */
    public static SocketClient connect(URI uri, Consumer<IO.Options> customizer) {
        SocketClient client = begin(uri, customizer);
        await(client.connected);
        return client;
    }

    public static Consumer<IO.Options> token(String token) {
        return options -> options.auth = Map.of("token", token);
    }

    public static Consumer<IO.Options> transports(String... names) {
        return options -> options.transports = names;
    }

    /** The argument of {@code connect_error}. */
    public JsonNode refusal() {
        return await(refused);
    }

    /** The reason for which the connection ended. */
    String disconnection() {
        return await(disconnected);
    }

    public boolean isConnected() {
        return socket.connected();
    }

    public String id() {
        return socket.id();
    }

    /** The name of the transport by which the last message came; empty before the first. */
    public String transport() {
        return transport;
    }

    /** Waits for the next event of this name. */
    public JsonNode next(String event) {
        return inbox.next(event);
    }

    /** Waits for an event of this name; everything up to it, itself the last. */
    public List<Inbox.Event> until(String event) {
        return inbox.until(event);
    }

    public SocketClient emit(String event, Object... args) {
        socket.emit(event, args);
        return this;
    }

    /** Emits an event and waits for its acknowledgement. */
    public JsonNode ask(String event, Object... args) {
        return await(asked(event, args));
    }

    /** Emits an event once for each argument, and only then waits for their acknowledgements. */
    public List<JsonNode> askAll(String event, Stream<JSONObject> arguments) {
        return arguments.map(argument -> asked(event, argument)).toList().stream()
                .map(SocketClient::await)
                .toList();
    }

    private CompletableFuture<JsonNode> asked(String event, Object... args) {
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        socket.emit(event, args, (Ack) answers -> answer.complete(json(answers[0])));
        return answer;
    }

    /** Joins rooms, each of which must let it in. */
    public SocketClient join(String... rooms) {
        for (String room : rooms) {
            JsonNode answer = ask("join_room", object("room", room));
            if (!answer.path("ok").asBoolean()) {
                throw new AssertionError("Could not join " + room + ": " + answer);
            }
            next("room_joined");
        }
        return this;
    }

    public static JSONObject object(String name, Object value) {
        try {
            return new JSONObject().put(name, value);
        } catch (JSONException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A value as the client's own JSON library has it. */
    static Object value(String json) {
        try {
            return new JSONTokener(json).nextValue();
        } catch (JSONException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }

    private static List<JsonNode> json(Object[] values) {
        return Arrays.stream(values).map(SocketClient::json).toList();
    }

    private static JsonNode json(Object value) {
        if (value instanceof org.json.JSONObject || value instanceof org.json.JSONArray) {
            return JsonMapper.shared().readTree(value.toString());
        }
        if (value instanceof Throwable failure) {
            return StringNode.valueOf(failure.getMessage() + ": " + failure.getCause());
        }
        return JsonMapper.shared().valueToTree(value);
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new AssertionError("Nothing came within 20 s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
