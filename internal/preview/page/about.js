// What there is to know of a panel: its description, its queries, what verify and lint say of them, and what is not drawn as
// Grafana draws it.

import { make, find } from './dom.js';

// about opens it for a place of a board.
export function about(place, isJudged) {
  const { panel, title } = place;
  const by = (who) => panel.said.filter((one) => one.by === who).map(remark);
  const dialog = find('about');
  dialog.replaceChildren(
    make('header', {}, make('h2', { id: 'about-title', text: title || 'Panel' }),
      make('button', { text: 'Close', onclick: () => dialog.close() })),
    panel.description ? make('p', { class: 'description', text: panel.description }) : '',
    panel.dead ? make('p', { class: 'why', text: 'Dead: ' + panel.dead }) : '',
    ...panel.queries.map(query),
    ...section('What verify says', isJudged ? by('verify') : [make('li', { text: 'verify is still at work' })]),
    ...section('What lint says', by('lint')),
    ...section('Not as Grafana draws it', panel.gaps.map(gap)),
  );
  dialog.showModal();
}

// gaps returns what opens the list of what is not drawn of a board itself.
export function gaps(all) {
  if (!all.length) return [];
  return [make('details', { class: 'picker' }, make('summary', { text: '≈', 'aria-label': 'Not as Grafana draws it' }),
    make('ul', { class: 'values' }, ...all.map(gap)))];
}

const gap = (one) => make('li', {}, make('code', { text: one.code }), ' ' + one.text);

function query(one) {
  return make('div', { class: 'query' },
    make('h3', { text: `Query ${one.refId}, every ${one.step}` }),
    make('pre', { text: one.expr, tabindex: 0 }),
    one.text && one.text !== one.expr && make('p', { class: 'weak', text: 'asked as' }),
    one.text && one.text !== one.expr && make('pre', { text: one.text, tabindex: 0 }),
    one.why && make('p', { class: 'why', text: one.why }));
}

function remark(one) {
  const of = one.query ? `query ${one.query}: ` : '';
  return make('li', {}, of, make('b', { text: one.kind }), one.text ? ': ' + one.text : '');
}

function section(name, items) {
  if (!items?.length) return [];
  return [make('h3', { text: name }), make('ul', {}, ...items)];
}
