// The choice of the time range and of the refresh.

import { make } from './dom.js';

const ranges = { '5m': 'Last 5 minutes', '15m': 'Last 15 minutes', '60m': 'Last 60 minutes', '6h': 'Last 6 hours' };
const refreshes = { 0: 'Refresh off', 5: 'Refresh 5 s', 30: 'Refresh 30 s' }; // by seconds

// choices returns both. go is called with the view that was chosen.
export function choices(view, go) {
  const own = view.from ? 'zoomed' : view.range;
  const offered = { ...ranges };
  if (!(own in offered)) offered[own] = view.from ? span(view) : 'Last ' + view.range;
  return [
    view.from && make('button', { text: 'Zoom out', onclick: () => go({ ...view, from: null, to: null }) }),
    select('Time range', offered, own, (range) => range !== 'zoomed' && go({ ...view, range, from: null, to: null })),
    select('Refresh', { [view.refresh]: `Refresh ${view.refresh} s`, ...refreshes }, view.refresh, (refresh) => go({ ...view, refresh })),
  ].filter((one) => one);
}

function select(name, offered, chosen, choose) {
  const options = Object.entries(offered).map(([value, text]) => make('option', { value, text, selected: value === chosen }));
  return make('select', { 'aria-label': name, onchange: (event) => choose(event.target.value) }, ...options);
}

function span(view) {
  return clock(Number(view.from), true) + ' to ' + clock(Number(view.to), true);
}

const two = (n) => String(n).padStart(2, '0');

// clock writes a time of the day in the viewer's own zone.
export function clock(time, hasSeconds) {
  const at = new Date(time);
  const text = two(at.getHours()) + ':' + two(at.getMinutes());
  return hasSeconds ? text + ':' + two(at.getSeconds()) : text;
}

// date writes a day and a time.
export function date(time) {
  const at = new Date(time);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${clock(time, true)}`;
}
