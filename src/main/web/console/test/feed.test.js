import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Feed } from '../src/feed.js';
import { click, open, type } from './page.js';

let feed;

beforeEach(() => {
  open();
  feed = new Feed();
});

const names = () => [...document.querySelectorAll('#feed strong')].map(({ textContent }) => textContent);
const state = () => document.getElementById('feed-state').textContent;

function add(event, more = {}) {
  feed.add({ event, source: 'http', rooms: ['global'], recipients: 1, data: { n: 1 }, ...more });
}

test('the latest event comes first', () => {
  add('one');
  add('two');
  assert.deepEqual(names(), ['two', 'one']);
  assert.match(state(), /^Not listening at the moment; 2 so far/);
  feed.listening = true;
  assert.match(state(), /^Listening; 2 so far/);
});

test('markup in an event stays text', () => {
  const markup = '<img src=x onerror="alert(1)">';
  add(markup, { rooms: [markup], data: { title: markup } });
  assert.equal(document.querySelectorAll('#feed img').length, 0);
  assert.deepEqual(names(), [markup]);
  assert.ok(document.querySelector('#feed pre').textContent.includes('<img src=x'));
});

test('the filter looks for every word in name, rooms and data, also among later events', () => {
  add('response.new', { rooms: ['survey:a'], data: { answer: 'Yes' } });
  add('notification', { data: { title: 'yes' } });
  type('filter', 'survey:a yes');
  assert.deepEqual(names(), ['response.new']);
  add('other');
  assert.deepEqual(names(), ['response.new']);
  type('filter', '');
  assert.deepEqual(names(), ['other', 'notification', 'response.new']);
});

test('one source alone can be looked at', () => {
  add('by.http');
  add('by.kafka', { source: 'kafka' });
  type('source', 'kafka');
  assert.deepEqual(names(), ['by.kafka']);
});

test('while it is paused nothing moves, and what came is shown after', () => {
  add('before');
  click('pause');
  add('held');
  assert.deepEqual(names(), ['before']);
  assert.match(state(), /paused, 1 held back/);
  click('pause');
  assert.deepEqual(names(), ['held', 'before']);
});

test('it is cleared, and goes on', () => {
  add('one');
  click('clear');
  assert.deepEqual(names(), []);
  add('two');
  assert.deepEqual(names(), ['two']);
});

test('it holds a bounded number of events', () => {
  for (let i = 0; i < 400; i += 1) {
    add(`event-${i}`);
  }
  assert.equal(names().length, 300);
  assert.equal(names()[0], 'event-399');
});

test('it tells how many events came too fast', () => {
  add('one', { skipped: 12 });
  assert.match(state(), /12 more came too fast/);
});

test('an event that is too large is said to be', () => {
  add('large', { data: undefined, size: 70_000 });
  assert.match(document.querySelector('#feed pre').textContent, /70000 characters/);
});
