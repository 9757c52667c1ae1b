import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { ClientError, WebSocketClient } from '../index.js';
import { Service, token, until } from './service.js';

let service;
let client;

beforeEach(async () => {
  service = new Service();
  await service.start();
});

afterEach(async () => {
  client?.disconnect();
  await service.stop();
});

function create(options = {}) {
  client = new WebSocketClient({ url: service.url, reconnectDelay: 50, maxReconnectDelay: 200, ...options });
  return client;
}

const coded = (code) => (error) => error instanceof ClientError && error.code === code;

test('connecting tells who one is', async () => {
  const welcome = await create({ token: token('ann', 60) }).connect();
  assert.equal(welcome.userId, 'ann');
  const status = client.getStatus();
  assert.equal(status.state, 'connected');
  assert.equal(status.userId, 'ann');
  assert.deepEqual(status.rooms, ['global']);
  assert.ok(Object.isFrozen(status));
  assert.ok(Date.parse(status.tokenExpiresAt) > Date.now());
  assert.equal(await client.connect(), welcome, 'once more is no new connection');
  assert.equal(service.connections, 1);
});

test('where the first transport is blocked the next one is taken', async () => {
  await service.stop();
  service.transports = ['polling'];
  await service.start();
  await create({ transports: ['websocket', 'polling'] }).connect();
  assert.equal(client.getStatus().transport, 'polling');
});

test('two calls while it connects are one connection', async () => {
  const [one, two] = await Promise.all([create().connect(), client.connect()]);
  assert.equal(one.socketId, two.socketId);
});

test('events reach those who listen, also those who listened before the connection', async () => {
  const heard = [];
  create().on('response.new', (data) => heard.push(['on', data.surveyId]));
  client.once('response.new', (data) => heard.push(['once', data.surveyId]));
  client.on('*', (event, data) => event === 'response.new' && heard.push(['any', data.surveyId]));
  await client.connect();
  service.emit('response.new', { surveyId: 'a' });
  service.emit('response.new', { surveyId: 'b' });
  await until(() => heard.length === 5);
  assert.deepEqual(heard, [['on', 'a'], ['once', 'a'], ['any', 'a'], ['on', 'b'], ['any', 'b']]);
  client.off('response.new').off('*');
  client.on('last', (data) => heard.push(data));
  service.emit('response.new', { surveyId: 'c' });
  service.emit('last', 'last');
  await until(() => heard.includes('last'));
  assert.equal(heard.length, 6);
});

test('it comes back after the service was away, and is in its rooms again', async () => {
  const states = [];
  let back;
  create().on('state', ({ state }) => states.push(state)).on('reconnected', (welcome) => { back = welcome; });
  await client.connect();
  await client.joinSurvey('s1');
  await service.stop();
  await until(() => client.getStatus().attempts > 1, 'several attempts');
  service.joins = [];
  await service.start();
  await until(() => back && client.getStatus().rooms.includes('survey:s1'));
  assert.deepEqual(service.joins, ['survey:s1']);
  assert.ok(states.includes('reconnecting'));
});

test('it comes back when the service has sent it away', async () => {
  let back = false;
  create().on('reconnected', () => { back = true; });
  await client.connect();
  service.disconnectAll(false);
  await until(() => back);
});

test('without autoReconnect it stays away, and says why the first attempt failed', async () => {
  await create({ autoReconnect: false }).connect();
  await service.stop();
  await until(() => client.getStatus().state === 'disconnected');
  await assert.rejects(client.connect(), coded('unreachable'));
  await service.start();
});

test('it waits for a service that is not there yet', async () => {
  await service.stop();
  const connecting = create().connect();
  await until(() => client.getStatus().attempts > 2);
  assert.equal(client.getStatus().state, 'connecting');
  await service.start();
  assert.ok((await connecting).socketId);
});

test('disconnecting ends attempts and fails what was waited for', async () => {
  await service.stop();
  const connecting = create().connect();
  const joining = client.joinRoom('survey:a');
  client.disconnect();
  await assert.rejects(connecting, coded('disconnected'));
  await assert.rejects(joining, coded('disconnected'));
  assert.equal(client.getStatus().state, 'disconnected');
  await service.start();
  await client.connect();
  assert.equal(client.getStatus().state, 'connected');
});

test('a room that is asked for before the connection is joined with it', async () => {
  const joining = create().joinProject('p1');
  await client.connect();
  assert.equal((await joining).room, 'project:p1');
});

test('a room that is refused is told of, and not asked for again', async () => {
  service.joinAnswer = (room) => (room === 'user:other' ? { code: 'room_forbidden', error: 'Permission denied to join room' } : undefined);
  await create().connect();
  await assert.rejects(client.joinRoom('user:other'), coded('room_forbidden'));
  client.joinRoom('user:other');
  await client.joinRoom('survey:a');
  service.joins = [];
  service.disconnectAll(true);
  await until(() => service.joins.length > 0 && client.getStatus().connected);
  await client.ping();
  assert.deepEqual(service.joins, ['survey:a']);
});

test('too many joins at once are finished when the service allows', async () => {
  let allowed = 2;
  service.joinAnswer = () => {
    allowed -= 1;
    return allowed < 0 && allowed > -3 ? { code: 'rate_limit_exceeded' } : undefined;
  };
  await create().connect();
  await Promise.all(['a', 'b', 'c', 'd'].map((id) => client.joinSurvey(id)));
  assert.equal(client.getStatus().rooms.length, 5);
});

test('a room that was left is not joined again', async () => {
  await create().connect();
  await client.joinSurvey('a');
  await client.joinSurvey('b');
  assert.equal((await client.leaveRoom('survey:a')).room, 'survey:a');
  assert.deepEqual(client.getStatus().rooms, ['global', 'survey:b']);
  service.joins = [];
  service.disconnectAll(true);
  await until(() => client.getStatus().rooms.includes('survey:b') && service.joins.length > 0);
  assert.deepEqual(service.joins, ['survey:b']);
});

test('rooms and the way to the service can be asked for', async () => {
  await assert.rejects(create().ping(), coded('not_connected'));
  await client.connect();
  assert.deepEqual((await client.getRooms()).map(({ name }) => name), ['global']);
  assert.ok((await client.ping()).latency > 0);
});

test('a token is renewed before it expires, over the same connection', async () => {
  let number = 0;
  let renewed = 0;
  const tokens = () => {
    number += 1;
    return token('ann', number === 1 ? 1.5 : 60);
  };
  const welcome = await create({ token: tokens }).on('token_renewed', () => { renewed += 1; }).connect();
  await until(() => renewed === 1);
  assert.equal(client.getStatus().socketId, welcome.socketId);
  assert.ok(Date.parse(client.getStatus().tokenExpiresAt) - Date.now() > 30_000);
  assert.equal(service.tokens.length, 2);
});

test('a token that cannot be renewed is tried for again', async () => {
  const failures = [];
  let number = 0;
  const tokens = async () => {
    number += 1;
    if (number === 2) {
      throw new Error('the login is away');
    }
    return token('ann', number === 1 ? 2 : 60);
  };
  let renewed = false;
  create({ token: tokens }).on('token_error', (error) => failures.push(error)).on('token_renewed', () => { renewed = true; });
  await client.connect();
  await until(() => renewed);
  assert.deepEqual(failures.map(({ message }) => message), ['the login is away']);
});

test('a token function is asked at each attempt, and helps against an expired token', async () => {
  const old = token('ann', -5);
  const tokens = [old, token('ann', 60)];
  service.refusal = (shown) => (shown === old ? 'token_expired' : undefined);
  const welcome = await create({ token: () => tokens.shift() }).connect();
  assert.equal(welcome.userId, 'ann');
});

test('a service that refuses every token is not asked for ever', async () => {
  service.refusal = () => 'token_invalid';
  await assert.rejects(create({ token: () => token('ann', 60) }).connect(), coded('token_invalid'));
  assert.equal(client.getStatus().state, 'refused');
  assert.match(client.getStatus().reason, /Refused: token_invalid/);
  assert.equal(service.tokens.length, 4);
});

test('a token given for good is refused for good', async () => {
  service.refusal = () => 'token_invalid';
  await assert.rejects(create({ token: 'no.good.token' }).connect(), coded('token_invalid'));
  assert.equal(service.tokens.length, 1);
  service.refusal = undefined;
  await assert.doesNotReject(create().connect());
});

test('when a token given for good has expired, the end is the end', async () => {
  await create({ token: token('ann', 60) }).connect();
  service.emit('error', { message: 'Token expired', code: 'token_expired' });
  service.disconnectAll(true);
  await until(() => client.getStatus().state === 'disconnected');
  assert.equal(service.tokens.length, 1);
});
