// Half a minute of sample events, so that one sees what the service does.
import { find } from './dom.js';
import { DEMO, sample, WITHOUT_KAFKA } from './samples.js';

const STEPS = 40;
const PAUSE = 750;

export class Demo {
  #api;
  #topics = new Map();
  #step = 0;
  #timer;

  constructor(api) {
    this.#api = api;
    find('demo').addEventListener('click', () => (this.#timer ? this.#stop('Stopped.') : this.#start()));
  }

  /** @param {Map<string, string>} topics by their variable; empty without Kafka */
  offer(topics) {
    this.#topics = topics;
  }

  #start() {
    find('demo').textContent = 'Stop the demo';
    find('demo-answer').textContent = this.#topics.size > 0
      ? 'Producing sample records to Kafka; a client in survey:demo hears them.'
      : 'Sending sample events by HTTP; a client in survey:demo hears them.';
    this.#play(STEPS);
  }

  async #play(left) {
    if (left === 0) {
      this.#stop('That was the demo.');
      return;
    }
    const timer = setTimeout(() => this.#play(left - 1), PAUSE);
    this.#timer = timer;
    try {
      await this.#send(DEMO[this.#step % DEMO.length]);
    } catch (error) {
      if (this.#timer === timer) {
        this.#stop(error.message);
      }
    }
  }

  #send(id) {
    this.#step += 1;
    const { topic, body } = sample(id);
    if (this.#topics.has(topic)) {
      return this.#api.produce(this.#topics.get(topic), body(this.#step));
    }
    return WITHOUT_KAFKA[id] ? this.#api.broadcast(WITHOUT_KAFKA[id], body(this.#step)) : undefined;
  }

  #stop(why) {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    find('demo').textContent = 'Play a demo';
    find('demo-answer').textContent = why;
  }
}
