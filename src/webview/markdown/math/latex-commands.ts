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

/** Colors that are given as hexadecimal numbers. Colors of other color models are left out. */
const colored = (command: string, count: number): Command => ({
  arguments: [count, count],
  write: ([color = '', content], model) => {
    const rest = content === undefined ? '' : `{${content}}`;
    if (model !== undefined && model !== 'HTML') return rest;
    // Of a mixture such as `red!50!blue`, the first color is used.
    return `\\${command}{${model === undefined ? '' : '#'}${color.replace(/!.*/, '')}}${rest}`;
  },
});

/** Commands for the layout of a page, of MathJax, and of plain TeX, and colors by their model. */
export const LATEX_COMMANDS: Readonly<Record<string, Command>> = {
  ...Object.fromEntries(
    'adjustlimits allowdisplaybreaks boldmath centering displaybreak hfil hfill noindent nonscript null par qedhere strut vfill xspace'
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
  shoveleft: lastOf(1),
  shoveright: lastOf(1),
  smashoperator: lastOf(1),
  color: colored('color', 1),
  textcolor: colored('textcolor', 2),
  colorbox: colored('colorbox', 2),
  matrix: environment('matrix'),
  pmatrix: environment('pmatrix'),
  cases: environment('cases'),
  eqalign: environment('aligned'),
};
