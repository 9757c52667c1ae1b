// The events as they happen.
import { element, find } from './dom.js';

const MOST_EVENTS = 300;
const HEAD = 200;

/** Whether an event is one of those that are looked for. */
export function matches(event, text, source) {
  if (source && event.source !== source) {
    return false;
  }
  const words = text.toLowerCase().split(/\s+/).filter((word) => word);
  const searched = `${event.event} ${event.rooms.join(' ')} ${event.body}`.toLowerCase();
  return words.every((word) => searched.includes(word));
}

/** Data as a line of text and as a page of it. */
export function texts(data) {
  if (data === undefined) {
    return { line: '', page: '' };
  }
  return { line: JSON.stringify(data), page: JSON.stringify(data, null, 2) };
}

export class Feed {
  #events = [];
  #list = find('feed');
  #filter = find('filter');
  #source = find('source');
  #pause = find('pause');
  #total = 0;
  #skipped = 0;
  #held = [];
  #listening = false;

  constructor() {
    this.#filter.addEventListener('input', () => this.#draw());
    this.#source.addEventListener('change', () => this.#draw());
    this.#pause.addEventListener('click', () => this.#togglePause());
    find('clear').addEventListener('click', () => {
      this.#events = [];
      this.#held = [];
      this.#draw();
    });
    this.#tell();
  }

  get #paused() {
    return this.#pause.getAttribute('aria-pressed') === 'true';
  }

  /** Whether the service tells of events at this moment. */
  set listening(value) {
    this.#listening = value;
    this.#tell();
  }

  /**
   * @param {object} event with `event`, `source` (kafka, http, client), `rooms`, `data`, and of those that the service
   *   published `recipients`, `size`, `skipped`
   */
  add(event) {
    this.#total += 1;
    this.#skipped += event.skipped ?? 0;
    const kept = { ...event, time: new Date(), body: texts(event.data).line };
    if (this.#paused) {
      this.#held = [kept, ...this.#held].slice(0, MOST_EVENTS);
    } else {
      this.#keep([kept]);
      if (matches(kept, this.#filter.value, this.#source.value)) {
        this.#list.prepend(this.#item(kept));
        while (this.#list.children.length > MOST_EVENTS) {
          this.#list.lastElementChild.remove();
        }
      }
    }
    this.#tell();
  }

  #keep(newest) {
    this.#events = [...newest, ...this.#events].slice(0, MOST_EVENTS);
  }

  #togglePause() {
    const paused = !this.#paused;
    this.#pause.setAttribute('aria-pressed', String(paused));
    this.#pause.textContent = paused ? 'Go on' : 'Pause';
    if (!paused) {
      this.#keep(this.#held);
      this.#held = [];
    }
    this.#draw();
  }

  #draw() {
    const shown = this.#events.filter((event) => matches(event, this.#filter.value, this.#source.value));
    this.#list.replaceChildren(...shown.map((event) => this.#item(event)));
    this.#tell();
  }

  #tell() {
    const parts = [`${this.#listening ? 'Listening' : 'Not listening at the moment'}; ${this.#total} so far, the latest first`];
    if (this.#paused) {
      parts.push(`paused, ${this.#held.length} held back`);
    }
    if (this.#skipped) {
      parts.push(`${this.#skipped} more came too fast to be shown`);
    }
    find('feed-state').textContent = `${parts.join('; ')}.`;
  }

  #item(event) {
    const { page } = texts(event.data);
    const color = { kafka: 'second', http: 'first', client: 'third' }[event.source];
    return element('li', {}, element(
      'details',
      {},
      element(
        'summary',
        {},
        element('time', { datetime: event.time.toISOString() }, event.time.toLocaleTimeString()),
        element('span', { class: `kind ${color}` }, event.source),
        element('strong', {}, event.event),
        element('code', {}, event.rooms.join(' ')),
        element('span', { class: 'reach' }, event.recipients === undefined ? '' : `to ${event.recipients}`),
        element('code', { class: 'head' }, event.body.slice(0, HEAD)),
      ),
      element('pre', {}, page || `(${event.size} characters, too large to be shown here)`),
    ));
  }
}
