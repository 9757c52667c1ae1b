// The console: asks who looks at it where that is needed, then shows the service.
import { Api } from './api.js';
import { ClientPanel } from './client-panel.js';
import { Demo } from './demo.js';
import { answer, find } from './dom.js';
import { Feed } from './feed.js';
import { Figures } from './figures.js';
import { SurveyorMap } from './map.js';
import { PublishPanel } from './publish-panel.js';
import { showSettings, topicsOf } from './settings.js';
import { watch } from './watch.js';

const REFRESH = 2000;
const NOT_ALLOWED = [401, 403];

const base = new URL('.', document.baseURI).href;
const api = new Api(base);
const figures = new Figures();
const feed = new Feed();
const map = new SurveyorMap();
const publish = new PublishPanel(api);
const demo = new Demo(api);
const client = new ClientPanel(api, base, (event, data) => feed.add({ event, source: 'client', rooms: [], data }));

/** What is under way while somebody looks; ended when the credentials are not good any more. */
let looking;

function problem(text) {
  find('problem').hidden = !text;
  find('problem').textContent = text;
}

function published(event) {
  feed.add(event);
  if (event.event === 'surveyor.location' && event.data) {
    map.show(event.data);
  }
}

async function health() {
  const badge = find('health');
  try {
    const { status, version, uptime, cluster } = await api.health();
    badge.dataset.state = status;
    badge.textContent = status;
    find('service-state').textContent = status;
    find('cluster-state').textContent = cluster.state;
    find('version').textContent = `console, ${version}, up for ${duration(uptime)}`;
  } catch (error) {
    badge.dataset.state = 'away';
    badge.textContent = 'does not answer';
    find('service-state').textContent = 'does not answer';
    find('version').textContent = error.message;
  }
}

function duration(seconds) {
  const units = [['d', 86_400], ['h', 3600], ['min', 60]];
  const [unit, size] = units.find(([, length]) => seconds >= length) ?? ['s', 1];
  return `${Math.floor(seconds / size)} ${unit}`;
}

async function refresh(current) {
  await health();
  try {
    figures.show(await api.stats(), Date.now());
    problem(current.problem);
  } catch (error) {
    if (NOT_ALLOWED.includes(error.status)) {
      signIn(error.message);
      return;
    }
    problem(error.message);
  }
  if (looking === current) {
    current.timer = setTimeout(() => refresh(current), REFRESH);
  }
}

function signIn(why) {
  stopLooking();
  api.credential = '';
  find('console').hidden = true;
  find('sign-out').hidden = true;
  find('sign-in').hidden = false;
  answer('sign-in-answer', why, true);
  find('credential').focus();
}

function stopLooking() {
  clearTimeout(looking?.timer);
  looking?.stopWatching?.();
  feed.listening = false;
  looking = undefined;
}

/** Asks for what needs the most, so that whoever may see that may see all. */
async function look(signedIn) {
  const { environment, settings } = await api.configuration();
  showSettings(settings);
  const topics = topicsOf(settings);
  publish.offer(topics);
  demo.offer(topics);
  client.offerTokens(environment === 'development');
  find('sign-in').hidden = true;
  find('console').hidden = false;
  find('sign-out').hidden = !signedIn;
  const now = { problem: '' };
  looking = now;
  if (globalThis.io) {
    now.stopWatching = watch(globalThis.io, base, () => api.auth, {
      published,
      refused: (code, message) => signIn(message),
      state: (connected) => {
        feed.listening = connected;
      },
    });
  } else {
    now.problem = 'This build has no Socket.IO client, because npm was not there when it was built: figures and'
      + ' sending work, but events are not shown. Build again with npm.';
    find('connect').disabled = true;
  }
  await refresh(now);
}

async function start() {
  await health();
  try {
    await look(false);
  } catch (error) {
    if (NOT_ALLOWED.includes(error.status)) {
      signIn('');
    } else {
      find('console').hidden = false;
      problem(`${error.message} Trying again …`);
      setTimeout(start, REFRESH);
    }
  }
}

find('sign-in-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const credential = find('credential').value.trim();
  api.credential = credential;
  try {
    await look(true);
    find('credential').value = '';
    answer('sign-in-answer', '');
    find('main').focus();
  } catch (error) {
    signIn(error.message);
  }
});

find('sign-out').addEventListener('click', () => signIn(''));

start();
