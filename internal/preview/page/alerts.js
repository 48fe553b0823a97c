// The alerts that would be pending or firing now.

import { make } from './dom.js';
import { date } from './times.js';

// table returns them as a table.
export function table(alerts) {
  if (alerts.length === 0) return make('p', { class: 'nothing', text: 'No alert would be pending or firing now.' });
  const head = ['State', 'Alert', 'Since', 'Value', 'Series'].map((text) => make('th', { text, scope: 'col' }));
  return make('div', { class: 'alerts', tabindex: 0, role: 'group', 'aria-label': 'Alerts' },
    make('table', {}, make('thead', {}, make('tr', {}, ...head)), make('tbody', {}, ...alerts.map(row))));
}

function row(one) {
  if (one.why) return make('tr', {}, make('td', { text: 'not evaluated' }), make('td', { text: one.name }), make('td', { colspan: 3, text: one.why }));
  const since = date(Date.parse(one.since)) + (one.isOlder ? ' or earlier' : '');
  return make('tr', {}, make('td', {}, make('span', { class: one.state, text: one.state })),
    ...[one.name, since, String(one.value), one.series].map((text) => make('td', { text })));
}
