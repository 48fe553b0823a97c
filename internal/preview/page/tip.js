// The values at the crosshair, beside it.

import { make } from './dom.js';
import { date } from './times.js';

const most = 20; // series that are named

export class Tip {
  constructor(plot) {
    this.plot = plot;
    this.element = make('div', { class: 'tip', hidden: true });
    plot.box.append(this.element);
    plot.uplot.over.addEventListener('mouseleave', () => { this.element.hidden = true; });
  }

  // show shows the values under the mouse. In the other plots there is only the crosshair.
  show() {
    const { uplot, data, hidden } = this.plot;
    const index = uplot.cursor.idx;
    this.element.hidden = index == null || uplot.cursor.left < 0 || !uplot.over.matches(':hover');
    if (this.element.hidden) return;
    const rows = data.series
      .map((one, i) => ({ one, text: one.texts[uplot.cursor.idxs[i + 1] ?? index], value: one.points[index], near: uplot.series[i + 1]._focus }))
      .filter(({ one, text }) => text && !one.hidden && !hidden.has(one.name))
      .sort((a, b) => b.value - a.value);
    const lines = rows.slice(0, most).map(row);
    if (rows.length > most) lines.push(make('div', { class: 'weak', text: `and ${rows.length - most} more` }));
    this.element.replaceChildren(make('div', { class: 'weak', text: date(data.times[index]) }), ...lines);
    this.place(uplot.cursor);
  }

  place(cursor) {
    const { over } = this.plot.uplot;
    const left = over.offsetLeft + cursor.left;
    const isRight = left > this.plot.box.clientWidth / 2;
    this.element.style.left = isRight ? '' : left + 12 + 'px';
    this.element.style.right = isRight ? this.plot.box.clientWidth - left + 12 + 'px' : '';
  }

  end() {
    this.element.remove();
  }
}

function row({ one, text, near }) {
  const swatch = make('i');
  swatch.style.background = one.color;
  return make('div', { class: near ? 'row near' : 'row' }, swatch, make('span', { text: one.name }), make('b', { text }));
}
