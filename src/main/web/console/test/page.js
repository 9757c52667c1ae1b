// The console's page in jsdom, for tests of what works on it.
import { readFileSync } from 'node:fs';
import { JSDOM } from 'jsdom';

const HTML = readFileSync(new URL('../index.html', import.meta.url), 'utf8');

/** Opens the page, without its scripts; its globals are those of the modules under test until it is opened again. */
export function open() {
  const { window } = new JSDOM(HTML, { url: 'http://localhost:3002/' });
  globalThis.window = window;
  globalThis.document = window.document;
  globalThis.ResizeObserver = class {
    observe() {}
  };
  return window;
}

export function click(id) {
  document.getElementById(id).click();
}

export function type(id, text) {
  const field = document.getElementById(id);
  field.value = text;
  field.dispatchEvent(new window.Event('input', { bubbles: true }));
  field.dispatchEvent(new window.Event('change', { bubbles: true }));
}
