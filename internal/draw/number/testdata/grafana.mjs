// Fills in what Grafana's own library prints in the tables beside it: a row for each unit, a column for each value.
//   npm install @grafana/data@13.2.3 && TZ=UTC node grafana.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

globalThis.navigator ??= { language: 'en-US', languages: ['en-US'] }; // the library looks for a browser
Date.now = () => 1700000000000;
const grafana = createRequire(import.meta.url)('@grafana/data');
const theme = grafana.createTheme();

// A column is a value, or a value and its decimals. shown.tsv has what a field shows.
const printers = {
  'units.tsv': (unit) => (v) => grafana.getValueFormat(unit)(v, undefined, null, 'utc'),
  'decimals.tsv': (unit) => (v, decimals) => grafana.getValueFormat(unit)(v, decimals, null, 'utc'),
  'shown.tsv': (unit) => grafana.getDisplayProcessor({ field: { type: 'number', config: { unit } }, theme }),
};

for (const [name, printer] of Object.entries(printers)) {
  const [head, ...rows] = readFileSync(name, 'utf8').trimEnd().split('\n').map((line) => line.split('\t'));
  const filled = rows.map(([unit]) => {
    const print = printer(unit);
    return [unit, ...head.slice(1).map((column) => grafana.formattedValueToString(print(...column.split(' ').map(Number))))];
  });
  writeFileSync(name, [head, ...filled].map((row) => row.join('\t') + '\n').join(''));
}

// The first rows are Grafana's units; units of one's own follow.
const known = grafana.getValueFormats().flatMap((category) => category.submenu.map((format) => format.value));
const listed = readFileSync('units.tsv', 'utf8').split('\n').slice(1, known.length + 1).map((line) => line.split('\t')[0]);
if (known.join() !== listed.join()) {
  throw new Error('units.tsv does not have the units of this version');
}
