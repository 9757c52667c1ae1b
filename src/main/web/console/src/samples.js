// What can be sent from the console: broadcasts by HTTP, and a record for each kind of topic.

const KINDS = [
  {
    id: 'room',
    name: 'HTTP: any event to a room',
    hint: 'POST /api/broadcast/room',
    broadcast: 'room',
    body: () => ({ room: 'global', event: 'hello', data: { message: 'Hello, World!' } }),
  },
  {
    id: 'user',
    name: 'HTTP: any event to a user',
    hint: 'POST /api/broadcast/user',
    broadcast: 'user',
    body: () => ({ userId: 'demo', event: 'hello', data: { message: 'Hello, you!' } }),
  },
  {
    id: 'response',
    name: 'Kafka: the answer to a survey',
    hint: 'becomes response.new in survey:demo and project:demo',
    topic: 'KAFKA_TOPIC_RESPONSES',
    body: (number) => ({
      surveyId: 'demo',
      responseId: `response-${number}`,
      response: { satisfied: number % 3 !== 0, score: 1 + (number % 5) },
      metadata: { projectId: 'demo' },
    }),
  },
  {
    id: 'analytics',
    name: 'Kafka: analytics of a survey',
    hint: 'becomes analytics.update in survey:demo and project:demo',
    topic: 'KAFKA_TOPIC_ANALYTICS',
    body: (number) => ({
      surveyId: 'demo',
      projectId: 'demo',
      analytics: { responses: number, completion: Math.min(1, number / 100) },
      type: 'realtime',
    }),
  },
  {
    id: 'location',
    name: 'Kafka: where a surveyor is',
    hint: 'becomes surveyor.location in survey:demo, project:demo and user:{surveyorId}',
    topic: 'KAFKA_TOPIC_LOCATIONS',
    body: (number) => ({
      surveyorId: `surveyor-${1 + (number % 3)}`,
      surveyId: 'demo',
      projectId: 'demo',
      location: { coordinates: walk(number % 3, number), accuracy: 10 },
    }),
  },
  {
    id: 'notification',
    name: 'Kafka: a notification',
    hint: 'becomes notification in global; with a userId, in that user\'s room',
    topic: 'KAFKA_TOPIC_NOTIFICATIONS',
    body: (number) => ({
      type: 'info',
      title: 'A sample notification',
      message: `Number ${number}, for everybody`,
      priority: 'normal',
    }),
  },
  {
    id: 'broken',
    name: 'Kafka: a record that is no JSON',
    hint: 'is rejected, and goes to the topic of the dead letters',
    topic: 'KAFKA_TOPIC_RESPONSES',
    raw: true,
    body: () => '{"surveyId": "demo", oops',
  },
];

/** South of Dubai, each surveyor on a circle of its own. */
function walk(surveyor, step) {
  const angle = step / 6 + surveyor * 2;
  const round = (value) => Math.round(value * 10_000) / 10_000;
  return {
    latitude: round(25.1 - 0.1 * surveyor + Math.sin(angle) * (0.12 + 0.04 * surveyor)),
    longitude: round(55.35 + 0.35 * surveyor + Math.cos(angle) * (0.14 + 0.04 * surveyor)),
  };
}

/**
 * @param {Map<string, string>} topics by their variable; empty without Kafka
 * @returns the kinds that can be sent, those of Kafka with their `topic`
 */
export function kinds(topics) {
  return KINDS.flatMap((kind) => {
    if (!kind.topic) {
      return [kind];
    }
    const topic = topics.get(kind.topic);
    return topic ? [{ ...kind, topic, hint: `${topic}: ${kind.hint}` }] : [];
  });
}

/** What an event of a demonstration is sent as where there is no Kafka. */
export const WITHOUT_KAFKA = { response: 'survey-response', location: 'location' };

/** The order of the demonstration: many steps of surveyors, and a little of everything else. */
export const DEMO = ['location', 'location', 'response', 'location', 'analytics', 'location', 'location', 'notification'];

export function sample(id) {
  return KINDS.find((kind) => kind.id === id);
}
