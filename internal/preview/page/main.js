// The page: it asks the server for what the address holds, and shows it.

import { fill, find, make } from './dom.js';
import * as address from './address.js';
import { ask } from './server.js';
import { list } from './boards.js';
import { choices } from './times.js';
import { pickers } from './variables.js';
import { show } from './panels.js';
import { about, gaps } from './about.js';
import { table } from './alerts.js';

const often = 1000; // milliseconds between two looks at the state

let view = address.read();
let state = { version: -1, boards: [], problems: [] };
let asking = new AbortController();
let isAsking = false;
let asked = 0; // when the board was last asked for
let trouble = ''; // why the board is not shown

// go shows another view, and makes it the address.
function go(next) {
  const isOther = address.text(next) !== address.text(view);
  view = next;
  if (isOther) history.pushState(null, '', address.text(view));
  refresh();
}

const on = {
  about: (place) => about(place, state.judged),
  full: (key) => go({ ...view, panel: view.panel ? '' : key }),
  zoom: (from, to) => go({ ...view, from: String(from), to: String(to) }),
};

// refresh asks for the board, or the alerts, and shows them.
async function refresh() {
  asking.abort();
  asking = new AbortController();
  const { signal } = asking;
  asked = Date.now();
  isAsking = true;
  navigate();
  try {
    if (view.alerts) showAlerts(await ask('api/alerts', null, signal));
    else if (state.boards.length) showBoard(await ask('api/board', question(), signal));
    else if (state.version >= 0) throw new Error('there is no board');
    trouble = '';
  } catch (error) {
    if (error.name === 'AbortError') return; // for another one
    trouble = error.message;
  }
  isAsking = false;
  complain();
}

function question() {
  const query = address.times(view);
  const box = find('places');
  query.set('width', Math.max(100, box.clientWidth));
  query.set('height', Math.max(200, innerHeight - box.getBoundingClientRect().top - scrollY - 16));
  query.set('zone', Intl.DateTimeFormat().resolvedOptions().timeZone);
  if (matchMedia('(prefers-color-scheme: light)').matches) query.set('theme', 'light');
  return query;
}

function choose(name, values) {
  go({ ...view, variables: { ...view.variables, [name]: values } });
}

function showBoard(board) {
  head(board.title || board.file, board.description);
  const open = document.querySelector('#choices details[open]');
  if (!open) fill(find('choices'), [board.key, board.variables], () => pickers(board.variables, choose));
  fill(find('gaps'), board.gaps, () => gaps(board.gaps));
  show(find('places'), board, view, on);
  state.notes = board.problems;
}

function showAlerts(alerts) {
  head('Alerts', '');
  fill(find('choices'), [], () => []);
  fill(find('gaps'), [], () => []);
  show(find('places'), { key: '', places: [], height: 0 }, view, on);
  find('places').style.height = '';
  find('places').replaceChildren(table(alerts));
  state.notes = [];
}

function head(title, description) {
  document.title = title;
  find('title').textContent = title;
  find('title').title = description;
  fill(find('times'), view, () => choices(view, go));
}

function navigate() {
  const first = state.boards[0]?.key ?? '';
  const shown = { ...view, board: view.board || first };
  fill(find('boards'), [state.boards, shown], () => list(state, shown, go));
}

// complain shows what does not work.
function complain() {
  const texts = [trouble, ...state.problems, ...(state.notes ?? [])].filter((text) => text);
  const old = [...find('problems').children].map((one) => one.textContent);
  if (old.join('\n') === texts.join('\n')) return;
  find('problems').replaceChildren(...texts.map((text) => make('pre', { text })));
}

// look asks whether anything has changed, and whether it is time for new numbers.
async function look() {
  try {
    const { notes } = state;
    const now = await ask('api/state');
    const isNew = now.version !== state.version;
    state = { ...now, notes };
    const isDue = view.refresh !== '0' && !view.from && Date.now() - asked >= Number(view.refresh) * 1000;
    if (isNew || ((isDue || trouble) && !isAsking && !document.hidden)) refresh();
    else complain();
  } catch (error) {
    trouble = error.message;
    complain();
  }
  setTimeout(look, often);
}

addEventListener('popstate', () => {
  view = address.read();
  refresh();
});
addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && view.panel && !find('about').open) go({ ...view, panel: '' });
});
matchMedia('(prefers-color-scheme: light)').addEventListener('change', refresh);
let settled;
addEventListener('resize', () => {
  clearTimeout(settled);
  settled = setTimeout(refresh, 200);
});
look();
