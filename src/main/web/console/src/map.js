// Surveyors on a map, as their locations arrive.
import { element, find, svg } from './dom.js';
import { BORDERS, LAND } from './outline.js';
import { around, moved, project, WORLD, zoomed } from './projection.js';

const MOST_SURVEYORS = 100;
const TRAIL = 40;
const STEPS = { ArrowLeft: [-0.2, 0], ArrowRight: [0.2, 0], ArrowUp: [0, -0.2], ArrowDown: [0, 0.2] };

/** Latitude and longitude of an event, which may stand in `coordinates` or beside it. */
export function place(location) {
  const found = location?.coordinates ?? location;
  return Number.isFinite(found?.latitude) && Number.isFinite(found?.longitude) ? found : undefined;
}

export class SurveyorMap {
  #surveyors = new Map();
  #view = WORLD;
  #follows = true;
  #marks = svg('g');
  #trails = svg('g');
  #svg = svg(
    'svg',
    { preserveAspectRatio: 'xMidYMid slice', role: 'img', tabindex: '0', 'aria-label': 'No surveyor has moved yet.' },
    svg('path', { class: 'land', d: LAND }),
    svg('path', { class: 'borders', d: BORDERS }),
    this.#trails,
    this.#marks,
  );

  constructor() {
    find('map').replaceChildren(this.#svg);
    const look = (id, view, follows) => find(id).addEventListener('click', () => {
      this.#follows = follows;
      this.#look(view());
    });
    look('zoom-in', () => zoomed(this.#view, 0.5), false);
    look('zoom-out', () => zoomed(this.#view, 2), false);
    look('world', () => WORLD, false);
    look('fit', () => this.#everybody(), true);
    this.#svg.addEventListener('keydown', (event) => {
      if (STEPS[event.key]) {
        event.preventDefault();
        this.#follows = false;
        this.#look(moved(this.#view, ...STEPS[event.key]));
      }
    });
    new ResizeObserver(() => this.#draw()).observe(this.#svg);
    this.#look(WORLD);
  }

  /** @param {object} event the data of a `surveyor.location` */
  show(event) {
    const at = place(event.location);
    if (!at) {
      return;
    }
    const before = this.#surveyors.get(event.surveyorId)?.trail ?? [];
    this.#surveyors.delete(event.surveyorId);
    this.#surveyors.set(event.surveyorId, { at, time: new Date(), trail: [...before, project(at)].slice(-TRAIL) });
    if (this.#surveyors.size > MOST_SURVEYORS) {
      this.#surveyors.delete(this.#surveyors.keys().next().value);
    }
    if (this.#follows) {
      this.#look(this.#everybody());
    } else {
      this.#draw();
    }
  }

  get #aspect() {
    const { width, height } = this.#svg.getBoundingClientRect();
    return width && height ? width / height : 2;
  }

  #everybody() {
    return around([...this.#surveyors.values()].map(({ trail }) => trail.at(-1)), this.#aspect);
  }

  #look(view) {
    this.#view = view;
    this.#svg.setAttribute('viewBox', `${view.x} ${view.y} ${view.width} ${view.height}`);
    this.#draw();
  }

  /** Marks keep their size on the screen, however near the view is. */
  #draw() {
    const { width, height } = this.#svg.getBoundingClientRect();
    const scale = width && height ? Math.min(this.#view.width / width, this.#view.height / height) : 1;
    const all = [...this.#surveyors];
    this.#trails.replaceChildren(...all.map(([, { trail }]) => svg('polyline', {
      class: 'trail',
      points: trail.map(({ x, y }) => `${x.toFixed(3)},${y.toFixed(3)}`).join(' '),
    })));
    this.#marks.replaceChildren(...all.map(([id, { trail }]) => {
      const { x, y } = trail.at(-1);
      return svg(
        'g',
        { transform: `translate(${x.toFixed(3)} ${y.toFixed(3)}) scale(${scale.toPrecision(6)})` },
        svg('circle', { r: 6 }),
        svg('text', { x: 9, y: 4 }, id),
      );
    }));
    this.#describe(all);
  }

  #describe(all) {
    if (all.length > 0) {
      this.#svg.setAttribute('aria-label', `${all.length} surveyors on a map; the list below says where.`);
    }
    find('surveyors').replaceChildren(...all.toReversed().slice(0, 12).map(([id, { at, time }]) => element(
      'li',
      {},
      element('strong', {}, id),
      ` ${at.latitude.toFixed(4)}, ${at.longitude.toFixed(4)} at ${time.toLocaleTimeString()}`,
    )));
  }
}
