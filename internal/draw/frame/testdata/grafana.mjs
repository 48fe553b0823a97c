// Fills in what Grafana's own library makes of the inputs in frames.json and calcs.json:
//   npm install @grafana/data@13.2.3 tinycolor2 rxjs && TZ=UTC node grafana.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

globalThis.navigator ??= { language: 'en-US', languages: ['en-US'] }; // the library looks for a browser
const require = createRequire(import.meta.url);
const grafana = require('@grafana/data');
const tinycolor = require('tinycolor2');
const { lastValueFrom } = require('rxjs');
globalThis.window ??= {};

const theme = grafana.createTheme();
const value = (v) => (v === 'NaN' ? NaN : v);
const hex = (color) => tinycolor(color).toHexString();
const list = (all) => '[\n' + all.map((one) => ' ' + JSON.stringify(one)).join(',\n') + '\n]\n';

const transformers = new Map(Object.values(grafana.standardTransformers).map((t) => [t.id, t]));
grafana.standardTransformersRegistry.setInit(() =>
  [...transformers.values()].map((t) => ({ id: t.id, aliasIds: t.aliasIds, name: t.name, transformation: async () => t })));

// Grafana registers the standard options in a package that is not on npm.
const options = ['unit', 'decimals', 'min', 'max', 'displayName', 'noValue', 'thresholds', 'mappings', 'links', 'color',
  'description', 'fieldMinMax'];
const asNumber = (v) => (v == null ? undefined : parseFloat(v));
const registry = new grafana.FieldConfigOptionsRegistry(() => options.map((id) => ({
  id, path: id, name: id, shouldApply: () => true,
  process: ['min', 'max', 'decimals'].includes(id) ? asNumber
    : id === 'displayName' ? grafana.displayNameOverrideProcessor : (v) => v,
})));

// configured adds what Grafana adds to a panel when it loads it.
function configured(panel) {
  const config = structuredClone(panel.fieldConfig ?? { defaults: {}, overrides: [] });
  const steps = [{ value: null, color: 'green' }, { value: 80, color: 'red' }];
  config.defaults.thresholds ??= { mode: 'absolute', steps };
  config.defaults.color ??= { mode: panel.type === 'timeseries' ? 'palette-classic' : 'thresholds' };
  const all = [config.defaults.thresholds];
  config.overrides.forEach((o) => o.properties.forEach((p) => p.id === 'thresholds' && all.push(p.value)));
  all.forEach((t) => (t.steps[0].value ??= -Infinity));
  return config;
}

async function drawn(panel) {
  let data = panel.frames.map((f) => ({
    refId: f.refId, length: f.fields[0].values.length,
    fields: f.fields.map(({ legend, ...field }) => ({
      ...field, values: field.values.map(value), config: legend ? { displayNameFromDS: legend } : {},
    })),
  }));
  const on = (panel.transformations ?? []).filter((t) => !t.disabled);
  if (on.length) {
    data = await lastValueFrom(grafana.transformDataFrame(structuredClone(on), data, { interpolate: (v) => v }));
  }
  data = grafana.applyFieldOverrides({
    data, theme, fieldConfig: configured(panel), fieldConfigRegistry: registry, timeZone: 'utc', replaceVariables: (v) => v,
  });
  return data.map((frame) => frame.fields.map((field) => ({
    display: grafana.getFieldDisplayName(field, frame, data), kind: field.type,
    shown: Array.from(field.values).map((v) => {
      const shown = field.display(v);
      return grafana.formattedValueToString(shown) + '|' + hex(shown.color);
    }),
    color: field.type === 'number' ? hex(grafana.getFieldSeriesColor(field, theme).color) : undefined,
  })));
}

function calculated(values, ids) {
  const field = () => ({ name: 'x', type: 'number', config: {}, values: values.map(value) });
  return Object.fromEntries(ids.map((id) => {
    const v = grafana.reduceField({ field: field(), reducers: [id] })[id];
    return [id, v == null ? null : Number.isNaN(v) ? 'NaN' : Number(v)];
  }));
}

const panels = JSON.parse(readFileSync('frames.json'));
for (const panel of panels) {
  panel.want = await drawn(panel);
}
writeFileSync('frames.json', list(panels));

const { calcs, names } = JSON.parse(readFileSync('calcs.json'));
for (const id in names) {
  names[id] = grafana.fieldReducers.get(id).name;
}
const filled = calcs.map((c) => ({ values: c.values, want: calculated(c.values, Object.keys(c.want)) }));
writeFileSync('calcs.json', `{"names": ${JSON.stringify(names)},\n"calcs": ${list(filled)}}\n`);
