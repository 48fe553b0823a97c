// Elements of the page. Texts are always texts: nothing from outside becomes markup.

// make returns an element with properties (class, text, on… for events, else attributes) and children.
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'text') element.textContent = value;
    else if (name === 'class') element.className = value;
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child));
  return element;
}

export const find = (id) => document.getElementById(id);

// icon returns a small drawing for a button, which has a name of its own.
export function icon(path) {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(space, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

const forms = new WeakMap(); // what boxes were filled for

// fill fills a box unless it was filled for the same form before: what stays keeps the focus.
export function fill(box, form, content) {
  const text = JSON.stringify(form);
  if (forms.get(box) === text) return;
  forms.set(box, text);
  box.replaceChildren(...content().filter((child) => child));
}
