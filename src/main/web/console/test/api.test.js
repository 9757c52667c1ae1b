import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { Api, ApiError, isToken } from '../src/api.js';

const seen = [];
const answers = new Map();
let server;
let api;

before(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => { body += chunk; });
    request.on('end', () => {
      seen.push({ method: request.method, url: request.url, headers: request.headers, body });
      const { status = 200, text = '{}' } = answers.get(request.url) ?? {};
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(text);
    });
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  api = new Api(`http://127.0.0.1:${server.address().port}/base/`);
});

after(() => server.close());

test('a token is told from a key by its form', () => {
  assert.ok(isToken('eyJh.eyJz.c2ln'));
  assert.ok(!isToken('a-key-4711'));
  assert.ok(!isToken('two.parts'));
});

test('a key goes into its header, and into the credentials of the namespace', async () => {
  api.credential = 'a-key';
  await api.configuration();
  assert.equal(seen.at(-1).headers['x-api-key'], 'a-key');
  assert.equal(seen.at(-1).headers.authorization, undefined);
  assert.equal(seen.at(-1).url, '/base/api/admin/configuration');
  assert.deepEqual(api.auth, { apiKey: 'a-key' });
});

test('a token goes into its header', async () => {
  api.credential = 'a.b.c';
  await api.configuration();
  assert.equal(seen.at(-1).headers.authorization, 'Bearer a.b.c');
  assert.deepEqual(api.auth, { token: 'a.b.c' });
});

test('without credentials none are sent', async () => {
  api.credential = '';
  await api.configuration();
  assert.equal(seen.at(-1).headers['x-api-key'] ?? seen.at(-1).headers.authorization, undefined);
  assert.deepEqual(api.auth, {});
});

test('a refusal is an error with what the service says', async () => {
  answers.set('/base/api/broadcast/room', { status: 400, text: '{"error":"Invalid body","code":"invalid_body"}' });
  await assert.rejects(api.broadcast('room', {}), (error) => error instanceof ApiError
    && error.status === 400 && error.code === 'invalid_body' && error.message === 'Invalid body');
});

test('an answer that is no JSON is an error all the same', async () => {
  answers.set('/base/api/stats?rooms=20', { status: 502, text: '<html>' });
  await assert.rejects(api.stats(), /The service answers 502/);
});

test('an unhealthy service tells how it is', async () => {
  answers.set('/base/health', { status: 503, text: '{"status":"unhealthy"}' });
  assert.equal((await api.health()).status, 'unhealthy');
});

test('no answer at all is an error that says so', async () => {
  const nowhere = new Api('http://127.0.0.1:1/');
  await assert.rejects(nowhere.health(), (error) => error.status === 0 && /does not answer/.test(error.message));
});
