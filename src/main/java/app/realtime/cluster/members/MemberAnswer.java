package app.realtime.cluster.members;

import tools.jackson.databind.JsonNode;

/** What an instance has said when it was asked. */
public record MemberAnswer(Member member, JsonNode value) {}
