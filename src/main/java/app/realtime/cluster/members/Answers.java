package app.realtime.cluster.members;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What those who were asked have answered so far. Guarded by its own lock, not held while anybody is told. */
final class Answers {

    private final Map<String, Member> missing;
    private final Map<String, MemberAnswer> given = new HashMap<>();
    private final CompletableFuture<Collection<MemberAnswer>> result = new CompletableFuture<>();

    Answers(Collection<Member> asked) {
        missing = new HashMap<>(asked.stream().collect(Collectors.toMap(Member::id, Function.identity())));
        if (missing.isEmpty()) {
            result.complete(List.of());
        }
    }

    boolean isComplete() {
        return result.isDone();
    }

    CompletionStage<Collection<MemberAnswer>> stage() {
        return result;
    }

    void add(String memberId, JsonNode value) {
        synchronized (this) {
            Member member = missing.remove(memberId);
            if (member == null) {
                return;
            }
            given.put(memberId, new MemberAnswer(member, value));
            if (!missing.isEmpty()) {
                return;
            }
        }
        settle();
    }

    /** Nobody waits for the others any more. */
    void settle() {
        Collection<MemberAnswer> all;
        synchronized (this) {
            all = List.copyOf(given.values());
        }
        result.complete(all);
    }
}
