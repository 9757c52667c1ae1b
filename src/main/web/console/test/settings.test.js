import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEMO, kinds, sample, WITHOUT_KAFKA } from '../src/samples.js';
import { shown, topicsOf } from '../src/settings.js';

const settings = (brokers) => [
  { name: 'KAFKA_BROKERS', value: brokers, default: false, secret: false },
  ...['RESPONSES', 'ANALYTICS', 'LOCATIONS', 'NOTIFICATIONS'].map((feed) => (
    { name: `KAFKA_TOPIC_${feed}`, value: `topic.${feed.toLowerCase()}`, default: true, secret: false })),
];

test('a secret is never shown', () => {
  assert.equal(shown({ secret: true, default: false, value: 'leaked by mistake' }), '••••••••');
  assert.equal(shown({ secret: true, default: true }), 'not set');
  assert.equal(shown({ secret: false, default: true, value: '3002' }), '3002');
  assert.equal(shown({ secret: false, default: false }), '(nothing)');
});

test('there is a sample record for each kind of topic, under the name that it has here', () => {
  const offered = kinds(topicsOf(settings('localhost:29092')));
  assert.deepEqual(
    new Set(offered.flatMap(({ topic }) => topic ?? [])),
    new Set(['topic.responses', 'topic.analytics', 'topic.locations', 'topic.notifications']),
  );
});

test('without Kafka only broadcasts are offered', () => {
  assert.ok(kinds(topicsOf(settings(undefined))).every(({ broadcast }) => broadcast));
});

test('every step of the demonstration has what its event requires', () => {
  for (const id of DEMO) {
    assert.ok(sample(id).body(1));
  }
  assert.ok(Object.keys(WITHOUT_KAFKA).every((id) => DEMO.includes(id)));
  const places = new Set(Array.from({ length: 9 }, (_, step) => JSON.stringify(sample('location').body(step).location)));
  assert.equal(places.size, 9, 'surveyors move');
});
