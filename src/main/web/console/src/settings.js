// The configuration of the service, as it may be shown.
import { element, find } from './dom.js';

/** The topics of the feeds by their variable; none where the service runs without Kafka. */
export function topicsOf(settings) {
  const values = new Map(settings.map(({ name, value }) => [name, value]));
  if (!values.get('KAFKA_BROKERS')) {
    return new Map();
  }
  return new Map([...values].filter(([name]) => name.startsWith('KAFKA_TOPIC_')));
}

/** What to show of one variable. */
export function shown({ value, secret, default: isDefault }) {
  if (secret) {
    return isDefault ? 'not set' : '••••••••';
  }
  return value ?? '(nothing)';
}

export function showSettings(settings) {
  find('settings').replaceChildren(...settings.map((setting) => element(
    'tr',
    {},
    element('td', {}, element('code', {}, setting.name)),
    element('td', setting.default ? {} : { class: 'changed' }, shown(setting), setting.default ? element('span', { class: 'quiet' }, ' default') : ''),
  )));
}
