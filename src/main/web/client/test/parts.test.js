import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { mock, test } from 'node:test';
import vm from 'node:vm';
import { Backoff } from '../src/backoff.js';
import { Emitter } from '../src/emitter.js';
import { readOptions } from '../src/options.js';
import { expiryOf, renewIn, TokenRenewal } from '../src/token-renewal.js';
import { token } from './service.js';

test('waits grow to their limit, each at a moment of its own', () => {
  const longest = new Backoff(100, 1000, () => 1);
  assert.deepEqual([1, 2, 3, 4, 5, 6].map(() => longest.next()), [100, 200, 400, 800, 1000, 1000]);
  longest.reset();
  assert.equal(longest.next(), 100);
  assert.equal(new Backoff(100, 1000, () => 0).next(), 0);
  const herd = new Set(Array.from({ length: 100 }, () => new Backoff(1000, 1000).next()));
  assert.ok(herd.size > 50, 'clients do not wait equally long');
});

test('options that are wrong are named with what is expected', () => {
  const from = 'https://push.example.com/websocket-client.js';
  for (const [options, message] of [
    [{ uri: 'x' }, /no option "uri"; it has url, token/],
    [{ url: 'push.example.com' }, /"url" must be an http/],
    [{ token: 7 }, /"token" must be a string, or a function/],
    [{ autoReconnect: 'yes' }, /"autoReconnect" must be true or false/],
    [{ path: 'socket.io' }, /"path" must be a path/],
    [{ transports: 'polling' }, /"transports" must be a list/],
    [{ reconnectDelay: 0 }, /"reconnectDelay" must be a positive number/],
    [{ io: {} }, /"io" must be the function io/],
    [{ texts: { dismissed: 'x' } }, /no text "dismissed"; it has connecting/],
  ]) {
    assert.throws(() => readOptions(options, from), (error) => error instanceof TypeError && message.test(error.message));
  }
  assert.throws(() => readOptions({}, undefined), /"url" is required/);
});

test('the service is where the library came from, unless it is said', () => {
  const options = readOptions({}, 'https://example.com/push/websocket-client.js');
  assert.equal(options.base, 'https://example.com/push/');
  assert.equal(options.path, '/push/socket.io/');
  assert.equal(readOptions({ url: 'http://localhost:3002' }, undefined).path, '/socket.io/');
  assert.equal(readOptions({ url: 'http://localhost:3002', token: '' }, undefined).token, undefined);
});

test('a listener that throws keeps nobody from hearing, and is reported', () => {
  const reported = [];
  globalThis.reportError = (error) => reported.push(error.message);
  const events = new Emitter();
  const heard = [];
  events.on('e', () => { throw new Error('mine'); });
  events.on('e', (data) => heard.push(data));
  events.emit('e', 1);
  delete globalThis.reportError;
  assert.deepEqual(heard, [1]);
  assert.deepEqual(reported, ['mine']);
});

test('the expiry of a token is read, and nothing of what is none', () => {
  assert.ok(Math.abs(expiryOf(token('jürgen', 60)) - Date.now() - 60_000) < 1000);
  for (const none of ['', 'a.b', 'no token', `x.${Buffer.from('{}').toString('base64url')}.y`]) {
    assert.equal(expiryOf(none), undefined);
  }
});

test('a token is renewed when a fifth of its life is left, at most a minute before', () => {
  assert.equal(renewIn(3_600_000), 3_540_000);
  assert.equal(renewIn(100_000), 80_000);
  assert.equal(renewIn(3000), 2000);
  assert.equal(renewIn(500), 0);
});

test('a token that lives longer than a timer can wait is renewed in its time', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 0 });
  const days = 24 * 3_600_000;
  const renew = mock.fn(async () => undefined);
  new TokenRenewal(renew, assert.fail, Date.now).start(60 * days);
  context.mock.timers.tick(59 * days);
  assert.equal(renew.mock.callCount(), 0);
  context.mock.timers.tick(days - 30_000);
  assert.equal(renew.mock.callCount(), 1);
});

const built = process.env.CLIENT_LIBRARY;

test('the script and the module that are served hold the same library', { skip: !built && 'set CLIENT_LIBRARY to the folder of the built files' }, async () => {
  const script = readFileSync(path.join(built, 'websocket-client.js'), 'utf8');
  const window = vm.createContext({
    document: { currentScript: { src: 'http://localhost:3002/websocket-client.js', nonce: '' } }, URL, TypeError,
  });
  const before = Object.keys(window);
  vm.runInContext(script, window);
  assert.deepEqual(Object.keys(window).filter((name) => !before.includes(name)), ['WebSocketClient'], 'the only new global');
  assert.equal(vm.runInContext('new WebSocketClient().getStatus().state', window), 'idle');
  const file = path.join(built, 'websocket-client.esm.js');
  assert.ok(existsSync(file));
  const module = await import(`data:text/javascript,${encodeURIComponent(readFileSync(file, 'utf8'))}`);
  assert.deepEqual(Object.keys(module).sort(), ['ClientError', 'WebSocketClient']);
  assert.equal(new module.WebSocketClient({ url: 'http://localhost:3002' }).getStatus().state, 'idle');
});
