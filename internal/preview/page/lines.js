// How a series is drawn: the path of its line or bars, and what fills it.

import uPlot from './vendor/uplot/uPlot.esm.js';

const makers = {
  linear: uPlot.paths.linear(),
  smooth: uPlot.paths.spline(),
  stepBefore: uPlot.paths.stepped({ align: -1 }),
  stepAfter: uPlot.paths.stepped({ align: 1 }),
};

// paths returns what makes the path of a series.
export function paths(one) {
  if (one.style === 'bars') return uPlot.paths.bars({ size: [one.barWidth, one.barMost], align: -one.barAlign });
  if (one.style === 'points') return () => null;
  return makers[one.interpolation] ?? makers.linear;
}

// fill returns the color below a series: plain, fading to the bottom, or by value.
export function fill(one) {
  if (!one.fill) return undefined;
  if (one.stops?.length) return (u) => byValue(u, one);
  if (one.gradient === 'opacity') {
    return (u) => gradient(u, [[0, faint(one.color, one.fill)], [1, faint(one.color, 0)]]);
  }
  return faint(one.color, one.fill);
}

function gradient(u, stops) {
  const { top, height } = u.bbox;
  if (!(height > 0)) return 'transparent';
  const all = u.ctx.createLinearGradient(0, top, 0, top + height);
  for (const [at, color] of stops) all.addColorStop(Math.min(1, Math.max(0, at)), color);
  return all;
}

function byValue(u, one) {
  const { top, height } = u.bbox;
  if (!(height > 0)) return 'transparent';
  const part = (value) => (u.valToPos(value, 'y' + one.axis, true) - top) / height;
  const stops = one.stops.map((stop) => [part(stop.value), faint(stop.color, one.fill)]).filter(([at]) => Number.isFinite(at));
  return gradient(u, stops.sort((a, b) => a[0] - b[0]));
}

// faint returns a color with an opacity.
export function faint(color, opacity) {
  const alpha = Math.round(opacity * 255).toString(16).padStart(2, '0');
  if (/^#[0-9a-f]{6}$/i.test(color)) return color + alpha;
  if (/^#[0-9a-f]{3}$/i.test(color)) return '#' + [...color.slice(1)].map((c) => c + c).join('') + alpha;
  return `color-mix(in srgb, ${color} ${opacity * 100}%, transparent)`;
}
