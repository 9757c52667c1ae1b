package app.realtime.socketio;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What the recipients of a broadcast have answered.
 *
 * @param answers the arguments of each acknowledgement, in the order in which they came
 * @param expected how many sockets were asked, as far as is known
 * @param complete whether everyone has answered; false if somebody was too late, or has gone
 */
public record Answers(List<List<JsonNode>> answers, int expected, boolean complete) {

    public Answers {
        answers = List.copyOf(answers);
    }
}
