// The axes of a plot. The ticks of values and their texts come from the server; those of times are made here, in the
// viewer's own time zone.

import { look } from './plot.js';
import { clock, date } from './times.js';

const font = '12px Inter, system-ui, sans-serif';

// axes returns uPlot's axes. now returns the plot with the newest numbers.
export function axes(plot, now) {
  return [timeAxis(plot), ...plot.axes.map((axis, i) => valueAxis(axis, i, now))];
}

function base(hasGrid) {
  return {
    font, stroke: look('text-axis'), gap: 6,
    grid: { show: hasGrid, stroke: look('grid'), width: 1 },
    ticks: { show: hasGrid, stroke: look('grid'), width: 1, size: 4 },
  };
}

const second = 1000, minute = 60 * second, hour = 60 * minute, day = 24 * hour;
const steps = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * second), ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour), ...[1, 2, 7, 14, 30, 90, 365].map((n) => n * day),
];

function timeAxis(plot) {
  return {
    ...base(plot.timeGrid), scale: 'x', show: !plot.hidesTimes, size: 28, space: 70, incrs: steps,
    label: plot.timeLabel || undefined,
    values: (u, splits, index, space, step) => splits.map((at) => time(at, step, plot.to - plot.from)),
  };
}

function time(at, step, range) {
  if (range > 2 * day) return date(at).slice(5, 16);
  return clock(at, step < minute);
}

function valueAxis(axis, i, now) {
  const ticks = () => now().axes[i].ticks ?? [];
  return {
    ...base(axis.grid), scale: 'y' + i, show: axis.side !== 'hidden', side: axis.side === 'right' ? 1 : 3,
    stroke: axis.color || look('text-axis'),
    label: axis.label || undefined, labelFont: font, labelSize: 20,
    splits: () => ticks().map((tick) => tick.value),
    values: () => ticks().map((tick) => tick.text),
    size: (u, texts) => axis.width || width(u, texts ?? []) + 14,
  };
}

function width(u, texts) {
  u.ctx.font = font;
  return Math.ceil(Math.max(0, ...texts.map((text) => u.ctx.measureText(text ?? '').width)));
}
