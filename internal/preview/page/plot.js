// A time series panel, drawn by uPlot. What is drawn, and every text of a value, comes from the server: it is the same as
// in the pictures.

import uPlot from './vendor/uplot/uPlot.esm.js';
import { axes } from './axes.js';
import { fill, paths, stroke } from './lines.js';
import { thresholds } from './thresholds.js';
import { Tip } from './tip.js';

const together = uPlot.sync('board'); // the crosshair is in all plots

// look returns a color of the page.
export const look = (name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();

export class Plot {
  // box is where it is drawn; zoom is called with the times that were dragged over.
  constructor(box, zoom) {
    this.box = box;
    this.zoom = zoom;
    this.hidden = new Set(); // names that the viewer has switched off
    this.watcher = new ResizeObserver(() => this.fit());
    this.watcher.observe(box);
  }

  // show draws a plot, or new numbers of the same one.
  show(plot, title) {
    this.data = plot;
    const series = plot.series.map(({ points, texts, calcs, ...rest }) => rest);
    const form = JSON.stringify([series, plot.axes.map((axis) => [axis.unit, axis.side, axis.kind]), look('text'), [...this.hidden]]);
    if (this.uplot && form === this.form) {
      this.uplot.setData(columns(plot));
    } else {
      this.form = form;
      this.uplot?.destroy();
      this.uplot = new uPlot(this.options(plot), columns(plot), this.box);
      this.tip = new Tip(this);
    }
    this.box.setAttribute('role', 'img');
    this.box.setAttribute('aria-label', `${title || 'Panel'}: ${summary(plot)}`);
  }

  options(plot) {
    return {
      ...this.size(),
      ms: 1,
      legend: { show: false },
      padding: [8, 18, 0, 0], // room for half of the last time
      cursor: {
        sync: { key: together.key, setSeries: false, scales: ['x', null] },
        drag: { x: true, y: false, setScale: false },
        points: { size: 6 },
        focus: { prox: 30 },
        y: false,
      },
      focus: { alpha: 1 },
      scales: this.scales(plot),
      axes: axes(plot, () => this.data),
      series: [{}, ...plot.series.map((one, i) => this.series(one, i))],
      bands: plot.series.flatMap((one, i) => (one.on >= 0 ? [{ series: [i + 1, one.on + 1] }] : [])),
      hooks: {
        drawClear: [(u) => thresholds(u, this.data, 'area')],
        draw: [(u) => thresholds(u, this.data, 'line')],
        setCursor: [() => this.tip?.show()],
        setSelect: [(u) => this.select(u)],
      },
    };
  }

  scales(plot) {
    const all = { x: { time: true, range: () => [this.data.from, this.data.to] } };
    plot.axes.forEach((axis, i) => {
      all['y' + i] = {
        range: () => [this.data.axes[i].min, this.data.axes[i].max],
        distr: { log: 3, symlog: 4 }[axis.kind] ?? 1,
        log: axis.base || 2,
        asinh: axis.threshold || 1,
      };
    });
    return all;
  }

  series(one, i) {
    return {
      label: one.name,
      scale: 'y' + one.axis,
      show: !one.hidden && !this.hidden.has(one.name),
      stroke: stroke(one),
      width: one.style === 'points' ? 0 : one.width,
      dash: one.dash,
      cap: one.isDotted ? 'round' : 'butt',
      fill: fill(one),
      paths: paths(one),
      spanGaps: one.spansNulls,
      points: points(one),
    };
  }

  size() {
    return { width: Math.max(1, this.box.clientWidth), height: Math.max(1, this.box.clientHeight) };
  }

  fit() {
    const size = this.size();
    if (this.uplot && (size.width !== this.uplot.width || size.height !== this.uplot.height)) this.uplot.setSize(size);
  }

  select(u) {
    const { left, width } = u.select;
    if (width < 5) return;
    u.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
    this.zoom(Math.round(u.posToVal(left, 'x')), Math.round(u.posToVal(left + width, 'x')));
  }

  end() {
    this.watcher.disconnect();
    this.tip?.end();
    this.uplot?.destroy();
    this.uplot = null;
  }
}

// columns returns uPlot's data. At a time that only other series have, a line goes on.
function columns(plot) {
  return [plot.times, ...plot.series.map((one) => one.points.map((point) => (point === false ? undefined : point)))];
}

function points(one) {
  const base = { size: one.pointSize, fill: stroke(one), stroke: stroke(one) };
  if (one.style === 'points' || one.showPoints === 'always') return { ...base, show: true };
  if (one.style === 'bars' || one.showPoints === 'never') return { ...base, show: false };
  return base;
}

// summary says in words what a plot shows.
function summary(plot) {
  const named = plot.series.filter((one) => !one.notNamed && !one.hidden);
  const last = named.slice(0, 5).map((one) => `${one.name} ${one.texts.findLast((text) => text) ?? 'no value'}`);
  return `${named.length} series. Last values: ${last.join(', ')}`;
}
