package app.realtime.cluster.members;

import app.realtime.cluster.Bus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The other instances of this service: who is there, and what they say when they are asked. Servers on Node.js are not among
 * them. Each tells the others every second that it is there; who has not been heard of for some seconds is gone.
 *
 * <p>Thread-safe, by concurrent maps. While the bus is away there are no others.
 */
public final class Members implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Members.class.getName());
    private static final String CHANNEL = "websocket-service-instances#";
    private static final Pace USUAL = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(1));
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private record Seen(Member member, long nanoTime) {}

    /**
     * Times.
     *
     * @param hereEvery between two words of an instance that it is there
     * @param goneAfter without a word
     * @param patience for answers
     */
    record Pace(Duration hereEvery, Duration goneAfter, Duration patience) {}

    private final Map<String, Seen> seen = new ConcurrentHashMap<>();
    private final Map<String, Answers> open = new ConcurrentHashMap<>();
    private final Map<String, UnaryOperator<JsonNode>> topics = new ConcurrentHashMap<>();
    private final Member self;
    private final Bus bus;
    private final ScheduledExecutorService timer;
    private final Executor answering;
    private final Pace pace;
    private Optional<ScheduledFuture<?>> heartbeat = Optional.empty();

    /**
     * @param timer for what does not wait
     * @param answering runs what answers questions
     */
    public Members(Member self, Bus bus, ScheduledExecutorService timer, Executor answering) {
        this(self, bus, timer, answering, USUAL);
    }

    Members(Member self, Bus bus, ScheduledExecutorService timer, Executor answering, Pace pace) {
        this.pace = pace;
        this.self = self;
        this.bus = bus;
        this.timer = timer;
        this.answering = answering;
    }

    /** Joins the others. To be called once. */
    public Members open() {
        bus.subscribe(CHANNEL, (channel, message) -> read(message));
        bus.subscribe(channelOf(self.id()), (channel, message) -> read(message));
        heartbeat = Optional.of(
                timer.scheduleAtFixedRate(this::beat, 0, pace.hereEvery().toMillis(), TimeUnit.MILLISECONDS));
        return this;
    }

    /** Tells the others that this one goes. */
    @Override
    public void close() {
        heartbeat.ifPresent(task -> task.cancel(false));
        say(CHANNEL, JSON.objectNode().put("gone", self.id()));
    }

    public Member self() {
        return self;
    }

    /** Those that are there now, without this one. */
    public List<Member> others() {
        return seen.values().stream().filter(this::isRecent).map(Seen::member).toList();
    }

    /** Another instance that is there now. */
    public Optional<Member> other(String id) {
        return Optional.ofNullable(seen.get(id)).filter(this::isRecent).map(Seen::member);
    }

    private boolean isRecent(Seen member) {
        return System.nanoTime() - member.nanoTime() < pace.goneAfter().toNanos();
    }

    /** Answers what others ask about a topic. */
    public void onQuestion(String topic, UnaryOperator<JsonNode> answerer) {
        topics.put(topic, answerer);
    }

    /** Asks all others. Those who have not answered within a second are missing in the result; it never fails. */
    public CompletionStage<Collection<MemberAnswer>> ask(String topic, JsonNode question) {
        Answers answers = new Answers(others());
        if (!answers.isComplete()) {
            String id = UUID.randomUUID().toString();
            open.put(id, answers);
            var expiry = timer.schedule(answers::settle, pace.patience().toMillis(), TimeUnit.MILLISECONDS);
            answers.stage().thenRun(() -> {
                open.remove(id);
                expiry.cancel(false);
            });
            ObjectNode message =
                    JSON.objectNode().put("ask", topic).put("id", id).put("from", self.id());
            message.set("question", question);
            say(CHANNEL, message);
        }
        return answers.stage();
    }

    private static String channelOf(String id) {
        return CHANNEL + id + '#';
    }

    private void say(String channel, JsonNode message) {
        bus.publish(channel, MAPPER.writeValueAsString(message).getBytes(StandardCharsets.UTF_8));
    }

    private void beat() {
        sayHere();
        seen.values().stream()
                .filter(member -> !isRecent(member))
                .forEach(member -> gone(member.member().id()));
    }

    private void gone(String id) {
        Optional.ofNullable(seen.remove(id))
                .ifPresent(member -> LOG.info(() -> "Another instance has gone: " + member.member()));
    }

    private void sayHere() {
        ObjectNode message = JSON.objectNode();
        message.set("here", self.write());
        say(CHANNEL, message);
    }

    private void read(byte[] bytes) {
        JsonNode message;
        try {
            message = MAPPER.readTree(bytes);
        } catch (JacksonException e) {
            LOG.log(Level.FINE, "Passed over what another instance said", e);
            return;
        }
        if (message.has("here")) {
            Member.read(message.path("here")).ifPresent(this::here);
        } else if (message.has("gone")) {
            gone(message.path("gone").asString(""));
        } else if (message.has("ask")) {
            asked(message);
        } else if (message.has("answer")) {
            Optional.ofNullable(open.get(message.path("id").asString("")))
                    .ifPresent(answers -> answers.add(message.path("from").asString(""), message.path("answer")));
        }
    }

    private void here(Member member) {
        boolean isNew =
                !member.id().equals(self.id()) && seen.put(member.id(), new Seen(member, System.nanoTime())) == null;
        if (isNew) {
            LOG.info(() -> "Another instance is there: " + member);
            // It need not wait for the next second to hear of this one.
            sayHere();
        }
    }

    private void asked(JsonNode message) {
        String from = message.path("from").asString("");
        UnaryOperator<JsonNode> answerer = topics.get(message.path("ask").asString(""));
        if (answerer == null || from.equals(self.id())) {
            return;
        }
        answering.execute(() -> {
            ObjectNode answer =
                    JSON.objectNode().put("id", message.path("id").asString("")).put("from", self.id());
            answer.set("answer", answerer.apply(message.path("question")));
            say(channelOf(from), answer);
        });
    }
}
