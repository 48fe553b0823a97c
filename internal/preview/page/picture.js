// A panel that the server draws. It is an image, so that nothing in it can run or ask for anything. An image does not see
// the page's font, so it gets its own.

import { make } from './dom.js';

const font = fetch('font.css').then((answer) => answer.text());

export class Picture {
  constructor() {
    this.element = make('img');
  }

  // show shows an SVG. The texts of a picture are its description for who cannot see it.
  async show(svg, title) {
    if (svg === this.svg) return;
    this.svg = svg;
    const whole = svg.replace('>', `><style>${await font}</style>`);
    if (svg !== this.svg) return; // another one came meanwhile
    const texts = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map((found) => found[1]);
    this.element.alt = decode(`${title}: ${texts.slice(0, 40).join(' ')}`);
    this.element.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(whole);
  }
}

// decode turns what XML escapes back into text.
function decode(text) {
  return new DOMParser().parseFromString(text.replaceAll('<', '&lt;'), 'text/html').documentElement.textContent;
}
