// The list of boards.

import { make } from './dom.js';
import { text } from './address.js';

const many = 12; // boards, from which on they can be searched

// list returns the list. go is called with the view of a board that was chosen.
export function list(state, view, go) {
  const items = state.boards.map((board) => item(board, view, go));
  const all = make('ul', {}, ...items);
  const alerts = link('Alerts', { ...view, board: '', panel: '', alerts: true }, view.alerts, go);
  return [search(items), all, make('ul', {}, make('li', {}, alerts))];
}

function item(board, view, go) {
  const isShown = !view.alerts && board.key === view.board;
  const next = { ...view, board: board.key, panel: '', alerts: false, variables: isShown ? view.variables : {} };
  const one = link(board.title || board.file, next, isShown, go);
  one.title = board.file;
  if (board.dead) one.append(make('span', { class: 'count', text: `${board.dead} dead` }));
  return make('li', {}, one);
}

function link(name, next, isShown, go) {
  return make('a', {
    href: text(next), text: name, 'aria-current': isShown && 'page',
    onclick(event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      go(next);
    },
  });
}

function search(items) {
  if (items.length < many) return null;
  return make('input', {
    type: 'search', placeholder: 'Search boards', 'aria-label': 'Search boards',
    oninput(event) {
      const wanted = event.target.value.toLowerCase();
      for (const one of items) one.hidden = !one.textContent.toLowerCase().includes(wanted);
    },
  });
}
