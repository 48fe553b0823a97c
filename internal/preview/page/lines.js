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

// stroke returns the color of a series: its own, or one that depends on the height.
export function stroke(one, opacity = 1) {
  if (one.stops?.length) return (u) => byValue(u, one, opacity);
  if (one.hues) return (u) => gradient(u, [[1, faint(one.hues[0], opacity)], [0, faint(one.hues[1], opacity)]]);
  return opacity === 1 ? one.color : faint(one.color, opacity);
}

// fill returns the color below a series: as its line has it, or fading to the bottom.
export function fill(one) {
  if (!one.fill) return undefined;
  if (one.gradient !== 'opacity') return stroke(one, one.fill);
  return (u) => gradient(u, [[0, faint(one.color, 0)], [1, faint(one.color, one.fill)]]);
}

// gradient returns colors from the bottom of the plot, at 0, to its top, at 1.
function gradient(u, stops) {
  const { top, height } = u.bbox;
  if (!(height > 0)) return 'transparent';
  const all = u.ctx.createLinearGradient(0, top + height, 0, top);
  for (const [at, color] of stops) all.addColorStop(Math.min(1, Math.max(0, at || 0)), color);
  return all;
}

// byValue returns the colors of a series that depend on the value. Those of thresholds change at once.
function byValue(u, one, opacity) {
  const { top, height } = u.bbox;
  return gradient(u, one.stops.flatMap((stop, i) => {
    const at = i === 0 ? 0 : (top + height - u.valToPos(stop.value, 'y' + one.axis, true)) / height;
    const color = faint(stop.color, opacity);
    return one.hasSteps && i > 0 ? [[at, faint(one.stops[i - 1].color, opacity)], [at, color]] : [[at, color]];
  }));
}

// faint returns a color with an opacity.
export function faint(color, opacity) {
  const alpha = Math.round(opacity * 255).toString(16).padStart(2, '0');
  if (/^#[0-9a-f]{6}$/i.test(color)) return color + alpha;
  if (/^#[0-9a-f]{3}$/i.test(color)) return '#' + [...color.slice(1)].map((c) => c + c).join('') + alpha;
  return `color-mix(in srgb, ${color} ${opacity * 100}%, transparent)`;
}
