import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ceiling, points } from '../src/chart.js';
import { Rate, readable, Series } from '../src/series.js';

test('a series keeps the last values', () => {
  const series = new Series(3);
  [1, 2, 3, 4].forEach((value) => series.add(value));
  assert.deepEqual(series.values, [2, 3, 4]);
  assert.equal(series.last, 4);
});

test('a rate is the growth of a count per second', () => {
  const rate = new Rate();
  assert.equal(rate.of(10, 1000), undefined);
  assert.equal(rate.of(40, 3000), 15);
  assert.equal(rate.of(40, 4000), 0);
});

test('a rate says nothing of a count that began anew', () => {
  const rate = new Rate();
  rate.of(100, 1000);
  assert.equal(rate.of(5, 2000), undefined);
  assert.equal(rate.of(7, 3000), 2);
});

test('a line ends on the right, and begins where values are known', () => {
  assert.deepEqual(points([undefined, 0, 10], 4, 10), [[200, 72], [300, 0]]);
});

test('a scale ends at a round number', () => {
  assert.deepEqual([0, 5, 6, 11, 20, 21, 99, 4100].map(ceiling), [5, 5, 10, 20, 20, 50, 100, 5000]);
});

test('numbers are readable', () => {
  assert.deepEqual([undefined, 0, 1.25, 1234567].map(readable), ['–', '0', '1.3', '1,234,567']);
});
