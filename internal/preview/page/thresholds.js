// The thresholds of a plot: lines, or areas behind it.

import { faint } from './lines.js';

const opacity = 0.15;

// thresholds draws those of all axes that are drawn in a way: area or line.
export function thresholds(u, plot, way) {
  plot.axes.forEach((axis, i) => {
    const style = axis.thresholdStyle ?? '';
    if (!axis.thresholds?.length) return;
    if (way === 'area' && style.includes('area')) areas(u, axis, 'y' + i);
    if (way === 'line' && /line|dashed/.test(style)) lines(u, axis, 'y' + i, style.includes('dashed'));
  });
}

function within(u, action) {
  const { left, top, width, height } = u.bbox;
  u.ctx.save();
  u.ctx.beginPath();
  u.ctx.rect(left, top, width, height);
  u.ctx.clip();
  action(u.ctx, left, width, top, height);
  u.ctx.restore();
}

function areas(u, axis, scale) {
  within(u, (ctx, left, width, top, height) => {
    axis.thresholds.forEach((one, i) => {
      const next = axis.thresholds[i + 1];
      const low = one.isFirst ? top + height : u.valToPos(one.value, scale, true);
      const high = next ? u.valToPos(next.value, scale, true) : top;
      ctx.fillStyle = faint(one.color, opacity);
      ctx.fillRect(left, high, width, low - high);
    });
  });
}

function lines(u, axis, scale, isDashed) {
  within(u, (ctx, left, width) => {
    ctx.lineWidth = 2 * devicePixelRatio;
    if (isDashed) ctx.setLineDash([10 * devicePixelRatio, 10 * devicePixelRatio]);
    for (const one of axis.thresholds.filter((each) => !each.isFirst)) {
      const y = Math.round(u.valToPos(one.value, scale, true));
      ctx.strokeStyle = faint(one.color, 0.7);
      ctx.beginPath();
      ctx.moveTo(left, y);
      ctx.lineTo(left + width, y);
      ctx.stroke();
    }
  });
}
