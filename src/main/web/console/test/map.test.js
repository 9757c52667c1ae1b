import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { place, SurveyorMap } from '../src/map.js';
import { around, moved, project, WORLD, zoomed } from '../src/projection.js';
import { click, open } from './page.js';

let map;

beforeEach(() => {
  open();
  map = new SurveyorMap();
});

const view = () => document.querySelector('#map svg').getAttribute('viewBox').split(' ').map(Number);

function show(id, latitude, longitude) {
  map.show({ surveyorId: id, location: { coordinates: { latitude, longitude } } });
}

test('north is up and east is right', () => {
  assert.deepEqual(project({ latitude: 90, longitude: -180 }), { x: WORLD.x, y: WORLD.y });
  assert.deepEqual(project({ latitude: -90, longitude: 180 }), { x: WORLD.x + WORLD.width, y: WORLD.y + WORLD.height });
});

test('a place may stand in coordinates or beside them', () => {
  assert.equal(place({ latitude: 1, longitude: 2 }).latitude, 1);
  assert.equal(place({ coordinates: { latitude: 1, longitude: 2 } }).longitude, 2);
  assert.equal(place({ latitude: 'north' }), undefined);
  assert.equal(place(undefined), undefined);
});

test('a view shows all points with some room around', () => {
  const shown = around([{ x: 0, y: 0 }, { x: 1000, y: 100 }], 2);
  assert.ok(shown.x < 0 && shown.x + shown.width > 1000);
  assert.ok(shown.y < 0 && shown.y + shown.height > 100);
  assert.equal(shown.width / shown.height, 2);
  assert.deepEqual(around([], 2), WORLD);
});

test('zooming keeps the middle and stops at the world', () => {
  const near = zoomed(WORLD, 0.25);
  assert.deepEqual([near.x + near.width / 2, near.y + near.height / 2], [0, 0]);
  assert.deepEqual(zoomed(zoomed(near, 2), 100), WORLD);
  assert.equal(moved(near, 0.5, 0).x, near.x + near.width / 2);
});

test('a surveyor is marked where it is now, with its way behind it', () => {
  show('ann', 25.2, 55.2);
  show('ann', 25.3, 55.3);
  assert.equal(document.querySelectorAll('#map circle').length, 1);
  assert.equal(document.querySelector('#map text').textContent, 'ann');
  assert.equal(document.querySelector('#map polyline').getAttribute('points').split(' ').length, 2);
  assert.match(document.getElementById('surveyors').textContent, /ann 25\.3000, 55\.3000/);
  const [x, y, width, height] = view();
  const at = project({ latitude: 25.3, longitude: 55.3 });
  assert.ok(at.x > x && at.x < x + width && at.y > y && at.y < y + height);
});

test('the view follows the surveyors until somebody chooses another', () => {
  show('ann', 0, 0);
  click('world');
  show('ann', 10, 10);
  assert.deepEqual(view(), [WORLD.x, WORLD.y, WORLD.width, WORLD.height]);
  click('fit');
  assert.ok(view()[2] < WORLD.width);
});

test('the map remembers a bounded number of surveyors, the latest', () => {
  for (let i = 0; i < 120; i += 1) {
    show(`s${i}`, 1, 1);
  }
  const names = [...document.querySelectorAll('#map text')].map(({ textContent }) => textContent);
  assert.equal(names.length, 100);
  assert.ok(names.includes('s119') && !names.includes('s0'));
});
