import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { JSDOM } from 'jsdom';
import { Emitter } from '../src/emitter.js';
import { tellPeople } from '../src/notices.js';
import { TEXTS } from '../src/texts.js';
import { Toasts } from '../src/toasts.js';

let events;

beforeEach(() => {
  const { window } = new JSDOM('<!doctype html><main>page</main>');
  globalThis.window = window;
  globalThis.document = window.document;
  // jsdom has no constructable style sheets; how toasts look is tested in a browser.
  globalThis.CSSStyleSheet = class {
    replaceSync() {}
  };
  events = new Emitter();
  tellPeople(events, new Toasts(TEXTS), TEXTS);
});

const root = () => document.body.lastElementChild.shadowRoot;
const toasts = () => [...root().querySelectorAll('.toast')];
const notify = (data) => events.emit('notification', data);

test('regions for the polite and the urgent are there before anything is in them', () => {
  assert.equal(root().querySelector('[role=status][aria-live=polite]').children.length, 0);
  assert.equal(root().querySelector('[role=alert][aria-live=assertive]').children.length, 0);
});

test('a notification is shown with its title, politely', () => {
  notify({ title: 'Approved', message: 'Your survey has been approved', priority: 'normal' });
  assert.equal(root().querySelector('[role=status] .toast .title').textContent, 'Approved');
  assert.equal(root().querySelector('[role=status] .toast .text').textContent, 'Your survey has been approved');
});

test('one of high priority interrupts', () => {
  notify({ title: 'Fire', priority: 'high' });
  assert.equal(root().querySelectorAll('[role=alert] .toast').length, 1);
});

test('markup stays text', () => {
  const markup = '<img src=x onerror="alert(1)">';
  notify({ title: markup, message: markup });
  events.emit('error', { message: markup });
  assert.equal(root().querySelectorAll('img').length, 0);
  assert.equal(root().querySelector('.title').textContent, markup);
});

test('the state is shown for as long as there is something to say', () => {
  const state = root().querySelector('.state');
  events.emit('state', { state: 'reconnecting' });
  assert.equal(state.hidden, false);
  assert.equal(state.textContent, TEXTS.reconnecting);
  events.emit('state', { state: 'refused', reason: 'Token expired' });
  assert.equal(state.textContent, 'Not connected: Token expired');
  events.emit('state', { state: 'connected' });
  assert.equal(state.hidden, true);
});

test('at most four are there, the latest', () => {
  for (let i = 1; i <= 6; i += 1) {
    notify({ title: `n${i}` });
  }
  assert.deepEqual(toasts().map((toast) => toast.querySelector('.title').textContent), ['n3', 'n4', 'n5', 'n6']);
});

test('they go by themselves, but not while somebody reads them; the urgent stay', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  notify({ title: 'read' });
  notify({ title: 'unread' });
  events.emit('error', { message: 'urgent' });
  toasts().find((toast) => toast.textContent.startsWith('read'))
    .dispatchEvent(new window.Event('mouseenter'));
  context.mock.timers.tick(60_000);
  const left = () => toasts().map((toast) => toast.querySelector('p').textContent).sort();
  assert.deepEqual(left(), ['read', 'urgent']);
  toasts().find((toast) => toast.textContent.startsWith('read')).dispatchEvent(new window.Event('mouseleave'));
  context.mock.timers.tick(6000);
  assert.deepEqual(left(), ['urgent']);
});

test('each can be dismissed, by a button that says what it dismisses and by Escape', () => {
  notify({ title: 'one' });
  notify({ title: 'two' });
  const button = toasts()[0].querySelector('button');
  assert.equal(button.getAttribute('aria-label'), 'Dismiss: one');
  button.click();
  toasts()[0].dispatchEvent(new window.KeyboardEvent('keydown', { key: 'Escape' }));
  assert.equal(toasts().length, 0);
});

test('none takes the focus', () => {
  notify({ title: 'one', priority: 'high' });
  assert.equal(document.activeElement, document.body);
});
