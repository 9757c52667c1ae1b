// Makes elements. Text is always text: nothing that comes from an event is ever read as markup.

const SVG = 'http://www.w3.org/2000/svg';

/** The element with this id, which the page has. */
export function find(id) {
  const found = document.getElementById(id);
  if (!found) {
    throw new Error(`The page has no element #${id}`);
  }
  return found;
}

/** An HTML element with these attributes and children (elements or texts). */
export function element(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** An SVG element. */
export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, String(value));
  }
  made.append(...children);
  return made;
}

/** Shows an answer below a form. */
export function answer(id, text, failed = false) {
  const shown = find(id);
  shown.textContent = text;
  shown.dataset.failed = String(failed);
}
