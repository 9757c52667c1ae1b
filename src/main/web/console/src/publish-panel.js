// Sends events: broadcasts by HTTP and Kafka records, from samples that can be changed.
import { answer, element, find } from './dom.js';
import { kinds } from './samples.js';

export class PublishPanel {
  #api;
  #kinds = new Map();
  #number = 1;

  constructor(api) {
    this.#api = api;
    find('kind').addEventListener('change', () => this.#fill());
    find('reset').addEventListener('click', () => this.#fill());
    find('publish').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#send();
    });
  }

  /** @param {Map<string, string>} topics by their variable */
  offer(topics) {
    const offered = kinds(topics);
    this.#kinds = new Map(offered.map((kind) => [kind.id, kind]));
    find('kind').replaceChildren(...offered.map(({ id, name }) => element('option', { value: id }, name)));
    this.#fill();
  }

  get #kind() {
    return this.#kinds.get(find('kind').value);
  }

  #fill() {
    const body = this.#kind.body(this.#number);
    find('body').value = this.#kind.raw ? body : JSON.stringify(body, null, 2);
    find('kind-hint').textContent = this.#kind.hint;
    answer('publish-answer', '');
  }

  async #send() {
    const kind = this.#kind;
    const text = find('body').value;
    try {
      const body = kind.raw ? text : JSON.parse(text);
      this.#number += 1;
      if (kind.broadcast) {
        const { recipients } = await this.#api.broadcast(kind.broadcast, body);
        answer('publish-answer', `Sent; ${recipients === 1 ? '1 connection' : `${recipients} connections`} got it.`);
      } else {
        const { topic, partition, offset } = await this.#api.produce(kind.topic, body);
        answer('publish-answer', `Produced to ${topic}, partition ${partition}, offset ${offset}.`);
      }
    } catch (error) {
      const message = error instanceof SyntaxError ? `The body is no JSON: ${error.message}` : error.message;
      answer('publish-answer', message, true);
    }
  }
}
