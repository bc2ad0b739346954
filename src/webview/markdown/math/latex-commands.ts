import type { Command } from './replace-commands';

const removed = (count: number): Command => ({ arguments: [count, count], write: () => '' });

/** Shows the last argument only. */
const lastOf = (count: number): Command => ({
  arguments: [count, count],
  write: (given) => `{${given.at(-1) ?? ''}}`,
});

const environment = (name: string): Command => ({
  arguments: [1, 1],
  write: ([rows = '']) => `{\\begin{${name}}${rows}\\end{${name}}}`,
});

/** Colors that are given as hexadecimal numbers. Those of other color models are left out. */
const colored = (command: string, count: number): Command => ({
  arguments: [count, count],
  write: ([color = '', content], model) => {
    const rest = content === undefined ? '' : `{${content}}`;
    if (model !== undefined && model !== 'HTML') return rest;
    return `\\${command}{${model === undefined ? '' : '#'}${color}}${rest}`;
  },
});

/** Commands for the layout of a page, of MathJax, and of plain TeX, and colors by their model. */
export const LATEX_COMMANDS: Readonly<Record<string, Command>> = {
  ...Object.fromEntries(
    'allowdisplaybreaks boldmath centering displaybreak hfil hfill noindent par strut'
      .split(' ')
      .map((name) => [name, removed(0)]),
  ),
  cellcolor: removed(1),
  setlength: removed(2),
  class: lastOf(2),
  cssId: lastOf(2),
  style: lastOf(2),
  scalebox: lastOf(2),
  parbox: { arguments: [2, 2], write: ([, text = '']) => `\\text{${text}}` },
  bbox: lastOf(1),
  enclose: lastOf(2),
  color: colored('color', 1),
  textcolor: colored('textcolor', 2),
  colorbox: colored('colorbox', 2),
  matrix: environment('matrix'),
  pmatrix: environment('pmatrix'),
  cases: environment('cases'),
  eqalign: environment('aligned'),
};
