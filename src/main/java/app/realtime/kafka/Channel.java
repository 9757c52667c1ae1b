package app.realtime.kafka;

import app.realtime.events.AnalyticsUpdate;
import app.realtime.events.InvalidEventException;
import app.realtime.events.Notification;
import app.realtime.events.PushEvent;
import app.realtime.events.ResponseNew;
import app.realtime.events.SurveyorLocation;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** The ways in: each is a channel of MicroProfile Reactive Messaging, a topic, and one kind of event. */
enum Channel {
    RESPONSES(Channel.RESPONSES_NAME, KafkaSettings::responsesTopic, ResponseNew::from),
    ANALYTICS(Channel.ANALYTICS_NAME, KafkaSettings::analyticsTopic, AnalyticsUpdate::from),
    LOCATIONS(Channel.LOCATIONS_NAME, KafkaSettings::locationsTopic, SurveyorLocation::from),
    NOTIFICATIONS(Channel.NOTIFICATIONS_NAME, KafkaSettings::notificationsTopic, Notification::from);

    static final String RESPONSES_NAME = "responses";
    static final String ANALYTICS_NAME = "analytics";
    static final String LOCATIONS_NAME = "locations";
    static final String NOTIFICATIONS_NAME = "notifications";

    /** Makes an event of a record's value. */
    @FunctionalInterface
    interface EventReader {
        PushEvent read(JsonNode value) throws InvalidEventException;
    }

    private final String channelName;
    private final Function<KafkaSettings, String> topic;
    private final EventReader reader;

    Channel(String channelName, Function<KafkaSettings, String> topic, EventReader reader) {
        this.channelName = channelName;
        this.topic = topic;
        this.reader = reader;
    }

    static Optional<Channel> named(String channelName) {
        for (Channel channel : values()) {
            if (channel.channelName.equals(channelName)) {
                return Optional.of(channel);
            }
        }
        return Optional.empty();
    }

    String channelName() {
        return channelName;
    }

    String topic(KafkaSettings settings) {
        return topic.apply(settings);
    }

    /** The client id of this channel's consumer: distinct, because JMX beans are named by it. */
    String clientId(KafkaSettings settings) {
        return settings.clientId() + '-' + channelName;
    }

    EventReader reader() {
        return reader;
    }
}
