package app.realtime.kafka.consumer;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Where a new consumer group begins: at the end of what is there, because nobody wants old events pushed. The end is
 * committed before the first consumer joins, so that consumers may read whatever has no committed offset from its first
 * record: topics and partitions that are made later lose nothing, neither do quiet partitions when the service restarts.
 */
final class GroupBeginning {

    private static final Logger LOG = Logger.getLogger(GroupBeginning.class.getName());

    private final Admin admin;
    private final String group;

    GroupBeginning(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    /**
     * Commits the end of every partition of these topics, if the group has neither an offset nor a member.
     *
     * @throws ExecutionException if the brokers refused or did not answer in time
     */
    void commit(Collection<String> topics) throws ExecutionException, InterruptedException {
        if (hasOffsets()) {
            return;
        }
        Set<TopicPartition> partitions = partitions(topics);
        if (partitions.isEmpty()) {
            return;
        }
        try {
            admin.alterConsumerGroupOffsets(group, ends(partitions)).all().get();
            LOG.info(
                    () -> "Consumer group %s is new: it begins at the ends of %s".formatted(group, sorted(partitions)));
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownMemberIdException)) {
                throw e;
            }
            LOG.log(Level.FINE, e, () -> "Consumer group %s has members, so it has begun".formatted(group));
        }
    }

    /** One offset is enough: the group has begun, and a partition without one is younger or quiet. */
    private boolean hasOffsets() throws ExecutionException, InterruptedException {
        return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().values().stream()
                .anyMatch(Objects::nonNull);
    }

    private Set<TopicPartition> partitions(Collection<String> topics) throws ExecutionException, InterruptedException {
        Set<TopicPartition> partitions = new HashSet<>();
        for (KafkaFuture<TopicDescription> topic :
                admin.describeTopics(topics).topicNameValues().values()) {
            try {
                TopicDescription description = topic.get();
                description
                        .partitions()
                        .forEach(info -> partitions.add(new TopicPartition(description.name(), info.partition())));
            } catch (ExecutionException e) {
                if (e.getCause() instanceof TopicAuthorizationException) {
                    // The others begin at their ends all the same; the consumer says what is forbidden.
                    LOG.log(Level.FINE, e, () -> "A topic is forbidden");
                    continue;
                }
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
                LOG.info(() -> "A topic does not exist yet; it will be read from its first record: "
                        + e.getCause().getMessage());
            }
        }
        return partitions;
    }

    private Map<TopicPartition, OffsetAndMetadata> ends(Set<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest =
                partitions.stream().collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest()));
        Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
        admin.listOffsets(latest)
                .all()
                .get()
                .forEach((partition, info) -> ends.put(partition, new OffsetAndMetadata(info.offset())));
        return ends;
    }

    private static List<String> sorted(Set<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::toString).sorted().toList();
    }
}
