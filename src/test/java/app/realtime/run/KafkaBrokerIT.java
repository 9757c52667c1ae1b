package app.realtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KafkaBrokerIT {

    @Test
    void keepsItsAddressAndTopicsOverACrash() {
        try (KafkaBroker broker = KafkaBroker.start()) {
            broker.createTopics(List.of("a", "b"), 2);
            broker.createTopics(List.of("b", "c"), 1);
            broker.kill();
            assertThat(BrokerAdmin.answers(broker.bootstrapServers())).isFalse();
            broker.restart();
            assertThat(BrokerAdmin.topics(broker.bootstrapServers())).contains("a", "b", "c");
        }
    }
}
