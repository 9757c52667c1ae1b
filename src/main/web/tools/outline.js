// Makes console/src/outline.js, the map's vectors, from Natural Earth's public domain data as world-atlas packs it.
// To be run by hand when that data changes: npm run outline
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { feature, mesh } from 'topojson-client';
import { presimplify, simplify } from 'topojson-simplify';

const require = createRequire(import.meta.url);
const detailed = JSON.parse(readFileSync(require.resolve('world-atlas/countries-50m.json'), 'utf8'));

/** Corners that span less than this many square degrees are left out. */
const LEAST = 0.01;

const world = simplify(presimplify(detailed), LEAST);

/** Twentieths of a degree, north up: as much as this resolution of the data holds. */
const point = ([longitude, latitude]) => [Math.round(longitude * 20), Math.round(-latitude * 20)];

/** An SVG path of relative steps, without those that are too short to see. */
function path(line, closed) {
  const points = line.map(point);
  let [x, y] = points[0];
  let text = `M${x} ${y}l`;
  let steps = 0;
  for (const [nextX, nextY] of points.slice(1)) {
    if (nextX !== x || nextY !== y) {
      text += `${nextX - x} ${nextY - y} `;
      [x, y] = [nextX, nextY];
      steps += 1;
    }
  }
  if (steps < (closed ? 2 : 1)) {
    return '';
  }
  text = text.trimEnd().replaceAll(' -', '-');
  return closed ? `${text}z` : text;
}

const land = feature(world, world.objects.land);
const polygons = land.features
  .flatMap(({ geometry }) => (geometry.type === 'MultiPolygon' ? geometry.coordinates : [geometry.coordinates]))
  .flat();
const borders = mesh(world, world.objects.countries, (one, other) => one !== other).coordinates;

writeFileSync(new URL('../console/src/outline.js', import.meta.url), `// Made by tools/outline.js from Natural Earth (public domain), in twentieths of a degree: x is longitude, y is
// latitude southwards. SVG path data.
export const LAND = '${polygons.map((ring) => path(ring, true)).join('')}';
export const BORDERS = '${borders.map((line) => path(line, false)).join('')}';
`);
