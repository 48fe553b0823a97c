// The legend of a plot: a list, or a table with calculations. Each name switches its series off and on.

import { make } from './dom.js';

// legend returns the legend. hidden has the names that are switched off; changed is called after one was switched.
export function legend(plot, hidden, changed) {
  const { mode, sorted, calcs } = plot.legend;
  const isRight = (one) => plot.axes[one.axis].side === 'right';
  const all = sorted.map((i) => plot.series[i]);
  const right = all.every(isRight) ? [] : all.filter(isRight);
  const named = mode === 'table' ? all : [...all.filter((one) => !right.includes(one)), ...right];
  if (mode === 'hidden' || named.length === 0) return make('div', { class: 'legend none' });
  const button = (one) => name(one, hidden, changed);
  if (mode === 'table') return table(named, calcs ?? [], (one) => [button(one), right.includes(one) && make('span', { class: 'weak', text: '(right y-axis)' })]);
  return make('ul', { class: 'legend list', tabindex: 0, 'aria-label': 'Series' },
    ...named.map((one) => make('li', { class: one === right[0] ? 'right' : '' }, button(one), values(one, calcs ?? []))));
}

function name(one, hidden, changed) {
  const swatch = make('i');
  swatch.style.background = one.color;
  return make('button', {
    class: 'name', title: one.name, 'aria-pressed': String(!hidden.has(one.name)),
    onclick(event) {
      const { parentNode } = event.currentTarget.closest('.legend');
      if (!hidden.delete(one.name)) hidden.add(one.name);
      changed();
      [...parentNode.querySelectorAll('button')].find((button) => button.title === one.name)?.focus();
    },
  }, swatch, make('span', { text: one.name }));
}

function values(one, calcs) {
  const texts = calcs.map((calc, i) => `${calc}: ${one.calcs[i]}`).join(' ');
  return texts && make('span', { class: 'weak', text: texts });
}

function table(named, calcs, label) {
  const head = ['Name', ...calcs].map((text) => make('th', { text, scope: 'col' }));
  const rows = named.map((one) => make('tr', {}, make('td', {}, ...label(one)),
    ...calcs.map((_, i) => make('td', { class: 'number', text: one.calcs[i] }))));
  return make('div', { class: 'legend', tabindex: 0, role: 'group', 'aria-label': 'Series' },
    make('table', {}, make('thead', {}, make('tr', {}, ...head)), make('tbody', {}, ...rows)));
}
