// Tells people of the connection and of notifications: accessible, out of the page's styles, and as text alone.
import { TOAST_STYLE } from './toast-style.js';

const MOST = 4;
const SHOWN_FOR = 6000;

export class Toasts {
  #texts;
  #host = document.createElement('div');
  #polite = region('status', 'polite');
  #urgent = region('alert', 'assertive');
  #state = document.createElement('div');
  #shown = [];

  /** @param {{dismiss: string}} texts */
  constructor(texts) {
    this.#texts = texts;
    const root = this.#host.attachShadow({ mode: 'open' });
    const style = new CSSStyleSheet();
    style.replaceSync(TOAST_STYLE);
    root.adoptedStyleSheets = [style];
    const stack = document.createElement('div');
    stack.className = 'stack';
    this.#state.className = 'state';
    this.#state.setAttribute('role', 'status');
    this.#state.hidden = true;
    stack.append(this.#urgent, this.#polite, this.#state);
    root.append(stack);
    // Live regions are to be there before there is anything in them.
    attach(this.#host);
  }

  /** Shows a state for as long as it lasts; nothing if the text is empty. */
  state(text) {
    this.#state.hidden = !text;
    this.#state.textContent = text;
  }

  /** Urgent ones interrupt who is being read to, and stay until they are dismissed. */
  show(text, { title = '', urgent = false } = {}) {
    const toast = document.createElement('div');
    toast.className = 'toast';
    toast.dataset.urgent = String(urgent);
    const words = document.createElement('div');
    words.append(...[paragraph('title', title), paragraph('text', text)].filter((made) => made.textContent));
    const dismiss = document.createElement('button');
    dismiss.type = 'button';
    dismiss.textContent = '×';
    dismiss.setAttribute('aria-label', `${this.#texts.dismiss}: ${title || text}`);
    toast.append(words, dismiss);
    const entry = { toast, timer: undefined };
    dismiss.addEventListener('click', () => this.#remove(entry));
    toast.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') {
        this.#remove(entry);
      }
    });
    if (!urgent) {
      this.#dismissInTime(entry);
    }
    this.#shown.push(entry);
    (urgent ? this.#urgent : this.#polite).append(toast);
    while (this.#shown.length > MOST) {
      this.#remove(this.#shown[0]);
    }
  }

  /** Not while somebody reads it or is about to dismiss it. */
  #dismissInTime(entry) {
    const wait = () => {
      clearTimeout(entry.timer);
      entry.timer = setTimeout(() => this.#remove(entry), SHOWN_FOR);
    };
    const hold = () => clearTimeout(entry.timer);
    entry.toast.addEventListener('mouseenter', hold);
    entry.toast.addEventListener('focusin', hold);
    entry.toast.addEventListener('mouseleave', wait);
    entry.toast.addEventListener('focusout', wait);
    wait();
  }

  #remove(entry) {
    clearTimeout(entry.timer);
    entry.toast.remove();
    this.#shown = this.#shown.filter((other) => other !== entry);
  }
}

function region(role, politeness) {
  const made = document.createElement('div');
  made.setAttribute('role', role);
  made.setAttribute('aria-live', politeness);
  made.setAttribute('aria-relevant', 'additions');
  return made;
}

function paragraph(name, text) {
  const made = document.createElement('p');
  made.className = name;
  made.textContent = text;
  return made;
}

/** A script in the head runs before there is a body. */
function attach(host) {
  if (document.body) {
    document.body.append(host);
  } else {
    document.addEventListener('DOMContentLoaded', () => document.body.append(host), { once: true });
  }
}
