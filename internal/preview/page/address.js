// The address of the page: it holds what is shown, so that a view can be sent and opened anew.

const usual = { range: '5m', refresh: '5' };

// read returns the view that the address holds.
export function read() {
  const query = new URLSearchParams(location.search);
  const view = {
    board: query.get('board') ?? '',
    panel: query.get('panel') ?? '',
    range: query.get('range') ?? usual.range,
    from: query.get('from'),
    to: query.get('to'),
    refresh: query.get('refresh') ?? usual.refresh,
    alerts: query.has('alerts'),
    variables: {},
  };
  for (const name of new Set(query.keys())) {
    if (name.startsWith('var-')) view.variables[name.slice(4)] = query.getAll(name);
  }
  return view;
}

// text returns the address of a view.
export function text(view) {
  const query = times(view);
  if (view.refresh !== usual.refresh) query.set('refresh', view.refresh);
  if (view.alerts) query.set('alerts', '');
  return '?' + query;
}

// times returns what the server needs to know of a view.
export function times(view) {
  const query = new URLSearchParams();
  if (view.board) query.set('board', view.board);
  if (view.panel) query.set('panel', view.panel);
  if (view.from && view.to) {
    query.set('from', view.from);
    query.set('to', view.to);
  } else if (view.range !== usual.range) {
    query.set('range', view.range);
  }
  for (const [name, values] of Object.entries(view.variables)) {
    for (const value of values) query.append('var-' + name, value);
  }
  return query;
}
