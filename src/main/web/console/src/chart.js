// A chart of one to three figures over time, as SVG.
import { element, svg } from './dom.js';
import { readable } from './series.js';

const WIDTH = 300;
const HEIGHT = 72;
const COLORS = ['first', 'second', 'third'];

/** Points of a line in the chart; values that are not known leave a gap on the left. */
export function points(values, most, highest) {
  const step = WIDTH / (most - 1);
  const offset = most - values.length;
  return values.flatMap((value, index) => (value === undefined
    ? []
    : [[(offset + index) * step, HEIGHT - (value / highest) * HEIGHT]]));
}

/** The next round number, so that the scale does not jump with every value. */
export function ceiling(value) {
  if (value <= 5) {
    return 5;
  }
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((factor) => factor * power).find((round) => round >= value);
}

export class Chart {
  #title;
  #lines;
  #unit;
  #value = element('b');
  #legend = element('ul', { class: 'legend' });
  #svg = svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img' });

  /**
   * @param {HTMLElement} figure
   * @param {string} title
   * @param {{name: string, series: import('./series.js').Series}[]} lines the first is the one that counts
   */
  constructor(figure, title, lines, unit = '') {
    this.#title = title;
    this.#lines = lines;
    this.#unit = unit;
    figure.replaceChildren(
      element('figcaption', {}, element('span', {}, title), this.#value),
      this.#legend,
      this.#svg,
    );
    this.draw();
  }

  draw() {
    const values = this.#lines.flatMap(({ series }) => series.values.filter((value) => value !== undefined));
    const highest = ceiling(Math.max(0, ...values));
    const last = this.#lines[0].series.last;
    this.#value.textContent = last === undefined ? '–' : `${readable(last)}${this.#unit}`;
    this.#legend.replaceChildren(...(this.#lines.length < 2 ? [] : this.#lines.map(({ name, series }, index) => element(
      'li',
      { class: COLORS[index] },
      `${name} ${readable(series.last)}`,
    ))));
    this.#svg.setAttribute('aria-label', this.#description());
    this.#svg.replaceChildren(
      svg('path', { class: 'base', d: `M0 ${HEIGHT}H${WIDTH}` }),
      ...this.#lines.toReversed().flatMap((line, index) => this.#shape(line, this.#lines.length - 1 - index, highest)),
    );
  }

  #description() {
    const lines = this.#lines.map(({ name, series }) => {
      const known = series.values.filter((value) => value !== undefined);
      return `${name} ${readable(series.last)}${this.#unit}, highest ${readable(known.length ? Math.max(...known) : undefined)}`;
    });
    return `${this.#title} over the last two minutes: ${lines.join('; ')}.`;
  }

  #shape({ series }, index, highest) {
    const line = points(series.values, series.most, highest);
    if (line.length < 2) {
      return [];
    }
    const text = line.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L');
    const area = svg('path', {
      class: `area ${COLORS[index]}`,
      d: `M${line[0][0].toFixed(1)} ${HEIGHT}L${text}L${line.at(-1)[0].toFixed(1)} ${HEIGHT}z`,
    });
    return [area, svg('path', { class: `line ${COLORS[index]}`, d: `M${text}` })];
  }
}
