// Where a place is on the map: an equirectangular projection in twentieths of a degree, as in outline.js.

export const WORLD = { x: -3600, y: -1800, width: 7200, height: 3600 };

const UNITS = 20;

/** The height of the narrowest view: about 5 km. */
const NARROWEST = 1;

/** The height of the narrowest view that is chosen for people: enough of the coasts to know where it is. */
const NARROWEST_CHOSEN = 0.8 * UNITS;

export function project({ latitude, longitude }) {
  return { x: longitude * UNITS, y: -latitude * UNITS };
}

/** A view with its surroundings that shows all points; the world where there are none. */
export function around(points, aspect) {
  if (points.length === 0) {
    return WORLD;
  }
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const height = Math.max((bottom - top) * 1.6, ((right - left) * 1.6) / aspect, NARROWEST_CHOSEN);
  return centered((left + right) / 2, (top + bottom) / 2, height * aspect, height);
}

/** The same middle, nearer or farther. */
export function zoomed(view, factor) {
  const height = Math.min(Math.max(view.height * factor, NARROWEST), WORLD.height);
  const width = view.width * (height / view.height);
  return centered(view.x + view.width / 2, view.y + view.height / 2, width, height);
}

/** Moved by parts of its size. */
export function moved(view, right, down) {
  return { ...view, x: view.x + view.width * right, y: view.y + view.height * down };
}

function centered(x, y, width, height) {
  return { x: x - width / 2, y: y - height / 2, width, height };
}
