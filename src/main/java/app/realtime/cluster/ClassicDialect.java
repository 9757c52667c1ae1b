package app.realtime.cluster;

import app.realtime.cluster.ClusterMessage.Answer;
import app.realtime.cluster.ClusterMessage.QuestionId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The channels of {@code createAdapter} of {@code @socket.io/redis-adapter} 8: broadcasts, requests and responses apart, all
 * of which every server hears. Immutable.
 */
final class ClassicDialect implements Dialect {

    private static final Logger LOG = Logger.getLogger(ClassicDialect.class.getName());
    private static final String PREFIX = "socket.io";

    private final String uid = UUID.randomUUID().toString();
    private final Bus bus;
    private final ClassicCodec codec;
    private final String broadcasts;
    private final String requests;
    private final String responses;

    ClassicDialect(String namespace, Bus bus) {
        this.bus = bus;
        this.codec = new ClassicCodec(namespace, uid);
        this.broadcasts = PREFIX + '#' + namespace + '#';
        this.requests = PREFIX + "-request#" + namespace + '#';
        this.responses = PREFIX + "-response#" + namespace + '#';
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public void open(Receiver receiver) {
        bus.subscribeToPrefix(broadcasts, (channel, bytes) -> {
            String room = channel.length() > broadcasts.length()
                    ? channel.substring(broadcasts.length(), channel.length() - 1)
                    : "";
            if (room.isEmpty() || receiver.isSomebodyIn(room)) {
                hand(receiver, () -> codec.readBroadcast(bytes));
            }
        });
        bus.subscribe(requests, (channel, bytes) -> hand(receiver, () -> codec.readRequest(bytes)));
        Bus.Listener answers = (channel, bytes) -> hand(receiver, () -> codec.readAnswer(bytes));
        bus.subscribe(responses, answers);
        bus.subscribe(responsesTo(uid), answers);
    }

    @FunctionalInterface
    private interface Reading {
        Optional<? extends ClusterMessage> read() throws MalformedMessageException;
    }

    /** What cannot be read is passed over, as by the reference. */
    private static void hand(Receiver receiver, Reading reading) {
        Optional<? extends ClusterMessage> message;
        try {
            message = reading.read();
        } catch (MalformedMessageException e) {
            LOG.log(Level.FINE, "Passed over a message from another instance", e);
            return;
        }
        message.ifPresent(receiver::received);
    }

    private String responsesTo(String asker) {
        return responses + asker + '#';
    }

    @Override
    public void tell(ClusterMessage message) {
        if (message instanceof ClusterMessage.Broadcast broadcast) {
            // Those who have nobody in a single room need not read the message: its name is in the channel's.
            String channel = broadcast.selection().rooms().size() == 1
                    ? broadcasts + broadcast.selection().rooms().iterator().next() + '#'
                    : broadcasts;
            bus.publish(channel, codec.broadcast(broadcast));
        } else {
            bus.publish(requests, codec.request(message));
        }
    }

    @Override
    public void reply(QuestionId to, Answer answer) {
        bus.publish(responsesTo(to.asker()), codec.answer(answer));
    }

    @Override
    public CompletionStage<Integer> instances() {
        return bus.subscribers(requests);
    }

    @Override
    public void close() {
        bus.unsubscribe(broadcasts);
        List.of(requests, responses, responsesTo(uid)).forEach(bus::unsubscribe);
    }
}
