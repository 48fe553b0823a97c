// The panels of a board, each at its place. A panel that is shown again keeps its element, so that a refresh leaves the
// crosshair, the focus and the legend's choices where they are.

import { fill, icon, make } from './dom.js';
import { Plot } from './plot.js';
import { legend } from './legend.js';
import { Picture } from './picture.js';

const shown = new Map(); // panels by key

// show shows the places of a board. on has what happens: about, full, zoom.
export function show(box, board, view, on) {
  const keys = new Set();
  const elements = board.places.map((place) => {
    if (!place.panel) return at(place, make('h2', { class: 'section', text: place.title }));
    const key = board.key + '/' + place.panel.key;
    keys.add(key);
    if (!shown.has(key)) shown.set(key, new Panel(on));
    const panel = shown.get(key);
    at(place, panel.element);
    panel.update(place, view);
    return panel.element;
  });
  for (const [key, panel] of shown) {
    if (!keys.has(key)) {
      panel.end();
      shown.delete(key);
    }
  }
  box.style.height = board.height + 'px';
  reconcile(box, elements);
  for (const key of keys) shown.get(key).draw();
}

// reconcile makes the elements the children of a box, and moves only those that are elsewhere: one that is moved loses
// the focus.
function reconcile(box, elements) {
  const wanted = new Set(elements);
  for (const child of [...box.children]) if (!wanted.has(child)) child.remove();
  elements.forEach((element, i) => {
    if (box.children[i] !== element) box.insertBefore(element, box.children[i] ?? null);
  });
}

function at(place, element) {
  element.style.left = place.left * 100 + '%';
  element.style.width = place.width * 100 + '%';
  element.style.top = place.top + 'px';
  element.style.height = place.height + 'px';
  return element;
}

const letterI = 'M8 4.2v.9M8 7v5M2 8a6 6 0 1 0 12 0a6 6 0 1 0-12 0';
const corners = 'M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4';

const roomy = 450; // pixels, from which on a legend has room beside its plot

class Panel {
  constructor(on) {
    this.on = on;
    this.title = make('h2');
    this.marks = make('span', { class: 'marks' });
    this.info = make('button', { class: 'small', onclick: () => on.about(this.place) }, icon(letterI));
    this.full = make('button', { class: 'small', onclick: () => on.full(this.place.panel.key) }, icon(corners));
    this.body = make('div', { class: 'body' });
    this.element = make('section', { class: 'panel' },
      make('header', {}, this.title, this.marks, make('span', { class: 'tools' }, this.info, this.full)), this.body);
  }

  update(place, view) {
    this.place = place;
    const { panel, title } = place;
    const name = title || 'Panel';
    this.title.textContent = title;
    this.title.title = panel.description || title;
    this.element.setAttribute('aria-label', name);
    this.element.dataset.panel = panel.key;
    this.info.setAttribute('aria-label', `About ${name}`);
    this.full.setAttribute('aria-label', view.panel ? `Back from ${name}` : `Full screen: ${name}`);
    this.marks.replaceChildren(...marks(panel));
  }

  // draw draws the panel, which must be in the page: a plot needs its size.
  draw() {
    const { panel, title } = this.place;
    if (panel.plot) this.drawPlot(panel.plot, title);
    else this.drawPicture(panel.svg, title);
  }

  drawPlot(plot, title) {
    if (!this.plot) {
      this.end();
      this.canvas = make('div', { class: 'canvas' });
      this.names = make('div', { class: 'names' });
      this.plot = new Plot(this.canvas, this.on.zoom);
    }
    const isBeside = plot.legend.side === 'right' && this.body.clientWidth >= roomy;
    this.body.className = isBeside ? 'body beside' : 'body below';
    fill(this.names, [plot.legend, plot.series.map((one) => [one.name, one.color, one.calcs]), [...this.plot.hidden]],
      () => [legend(plot, this.plot.hidden, () => this.drawPlot(plot, title))]);
    if (this.canvas.parentNode !== this.body) this.body.replaceChildren(this.canvas, this.names);
    this.plot.show(plot, title);
  }

  drawPicture(svg, title) {
    this.end();
    this.picture ??= new Picture();
    this.picture.show(svg, title || 'Panel');
    if (this.picture.element.parentNode !== this.body) this.body.replaceChildren(this.picture.element);
  }

  end() {
    this.plot?.end();
    this.plot = null;
  }
}

function marks(panel) {
  const all = [];
  if (panel.ownRange) all.push(make('span', { class: 'range', text: panel.ownRange, title: panel.ownRange }));
  if (panel.dead) all.push(make('span', { class: 'dead', title: panel.dead }, 'dead', make('span', { text: ': ' + panel.dead })));
  if (panel.gaps?.length) {
    all.push(make('span', { class: 'gap', text: '≈', title: 'Not as Grafana draws it: ' + panel.gaps.map((gap) => gap.text).join(' ') }));
  }
  return all;
}
