// The choice of a board's variables, with a search among their values.

import { make } from './dom.js';

const all = '$__all';
const most = 200; // values that are listed at once

// pickers returns a choice for each variable. choose is called with a variable's name and its values.
export function pickers(variables, choose) {
  return variables.map((variable) => (variable.isText ? field(variable, choose) : picker(variable, choose)));
}

const label = (variable) => variable.label || variable.name;

function field(variable, choose) {
  const input = make('input', { value: variable.chosen[0] ?? '', onchange: () => choose(variable.name, [input.value]) });
  return make('label', { class: 'field' }, label(variable), input);
}

function chosen(variable) {
  if (variable.isAll) return 'All';
  const texts = variable.chosen.map((value) => variable.offered.find((one) => one.value === value)?.text ?? value);
  return texts.join(' + ') || 'none';
}

function picker(variable, choose) {
  const list = make('ul');
  const search = make('input', { type: 'search', placeholder: 'Search', 'aria-label': `Search ${label(variable)}`, oninput: fill });
  const summary = make('summary', {}, label(variable), make('b', { text: chosen(variable) }));
  const details = make('details', { class: 'picker', 'data-variable': variable.name, ontoggle: toggle },
    summary, make('div', { class: 'values' }, search, list));

  function toggle() {
    if (!details.open) return;
    for (const other of document.querySelectorAll('details.picker[open]')) if (other !== details) other.open = false;
    fill();
    search.focus();
  }

  function fill() {
    const wanted = search.value.toLowerCase();
    const found = variable.offered.filter((one) => one.text.toLowerCase().includes(wanted));
    const rows = found.slice(0, most).map((one) => row(one.text, one.value, !variable.isAll && variable.chosen.includes(one.value)));
    if (variable.hasAll && !wanted) rows.unshift(row('All', all, variable.isAll));
    if (found.length > most) rows.push(make('li', { class: 'weak', text: `and ${found.length - most} more: search` }));
    if (rows.length === 0) rows.push(make('li', { class: 'weak', text: 'nothing found' }));
    list.replaceChildren(...rows);
  }

  function row(text, value, isChosen) {
    const input = make('input', {
      type: variable.multi ? 'checkbox' : 'radio', name: 'value-' + variable.name, checked: isChosen,
      onchange: () => choose(variable.name, next(value, input.checked)),
    });
    return make('li', {}, make('label', {}, input, text));
  }

  function next(value, isChecked) {
    if (!variable.multi || value === all) return [value];
    const others = variable.isAll ? [] : variable.chosen.filter((one) => one !== value);
    const values = isChecked ? [...others, value] : others;
    return values.length || !variable.hasAll ? values : [all];
  }

  details.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && details.open) {
      details.open = false;
      summary.focus();
      event.stopPropagation();
    }
  });
  return details;
}

// A click elsewhere closes an open choice.
document.addEventListener('click', (event) => {
  for (const one of document.querySelectorAll('details.picker[open]')) if (!one.contains(event.target)) one.open = false;
});
