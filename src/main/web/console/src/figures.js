// Asks for the figures of the service, and draws them over time.
import { Chart } from './chart.js';
import { element, find } from './dom.js';
import { Rate, readable, Series } from './series.js';

/** Two minutes of a figure every two seconds. */
const SAMPLES = 60;

const count = (number, one, many) => `${readable(number)} ${number === 1 ? one : many}`;

const REJECTED = ['malformed', 'invalid', 'failed', 'timed_out'];

export class Figures {
  #series = {};
  #rates = { published: new Rate(), delivered: new Rate(), received: new Rate() };
  #charts;

  constructor() {
    const series = (name) => {
      this.#series[name] = new Series(SAMPLES);
      return { name, series: this.#series[name] };
    };
    this.#charts = [
      new Chart(find('chart-connections'), 'Connections', [series('all'), series('with a token')]),
      new Chart(find('chart-rooms'), 'Rooms', [series('rooms')]),
      new Chart(find('chart-events'), 'Events', [series('published'), series('delivered'), series('received')], '/s'),
      new Chart(find('chart-lag'), 'Kafka lag', [series('records')]),
    ];
  }

  /**
   * @param {object} stats of `GET /api/stats`
   * @param {number} time in milliseconds
   */
  show(stats, time) {
    const add = (name, value) => this.#series[name].add(value);
    add('all', stats.totalConnections);
    add('with a token', stats.authenticatedConnections);
    add('rooms', stats.totalRooms);
    for (const [name, rate] of Object.entries(this.#rates)) {
      add(name, rate.of(stats.events[name], time));
    }
    add('records', stats.kafka.lag);
    this.#charts.forEach((chart) => chart.draw());
    this.#sum(stats);
    this.#rooms(stats);
    this.#partitions(stats.kafka);
  }

  #sum(stats) {
    const kafka = stats.kafka.state;
    find('flow-kafka').textContent = kafka === 'disabled' ? 'Kafka (off here)' : `Kafka (${kafka})`;
    find('flow-rooms').textContent = count(stats.totalRooms, 'room', 'rooms');
    find('flow-clients').textContent = stats.totalConnections === 0
      ? 'nobody yet'
      : `${count(stats.totalConnections, 'connection', 'connections')}, ${count(stats.uniqueUsers, 'user', 'users')}`;
  }

  #rooms(stats) {
    find('room-count').textContent = stats.totalRooms > stats.roomStats.length
      ? `The fullest ${stats.roomStats.length} of ${readable(stats.totalRooms)}.`
      : '';
    find('room-list').replaceChildren(...stats.roomStats.map(({ name, connections }) => element(
      'tr',
      {},
      element('td', {}, element('code', {}, name)),
      element('td', { class: 'number' }, readable(connections)),
    )));
  }

  #partitions(kafka) {
    const waiting = kafka.deadLettersWaiting
      ? `; ${count(kafka.deadLettersWaiting, 'dead letter waits', 'dead letters wait')}`
      : '';
    find('kafka-state').textContent = kafka.state === 'disabled'
      ? 'off: the service runs without it'
      : `${kafka.state}${kafka.reason ? ` (${kafka.reason})` : ''} since ${new Date(kafka.since).toLocaleTimeString()}${waiting}`;
    find('partitions').replaceChildren(...(kafka.partitions ?? []).map((partition) => element(
      'tr',
      {},
      element('td', {}, partition.topic),
      element('td', { class: 'number' }, String(partition.partition)),
      element('td', { class: 'number' }, readable(partition.records.delivered)),
      element('td', { class: 'number' }, readable(REJECTED.reduce((sum, why) => sum + partition.records[why], 0))),
      element('td', { class: 'number' }, readable(partition.lag)),
    )));
  }
}
