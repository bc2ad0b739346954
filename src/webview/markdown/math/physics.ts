import { closingBracket } from './brackets';
import type { Command } from './replace-commands';

const derivative = (d: string, max: number): Command => ({
  arguments: [1, max],
  write: ([f = '', x, y], order) => {
    const power = order === undefined ? '' : `^{${order}}`;
    if (x === undefined) return `\\frac{${d}${power}}{${d} ${f}${power}}`;
    return y === undefined
      ? `\\frac{${d}${power} ${f}}{${d} ${x}${power}}`
      : `\\frac{${d}^{2} ${f}}{${d} ${x}\\,${d} ${y}}`;
  },
});

const outerProduct: Command = {
  arguments: [1, 2],
  write: ([a = '', b = a]) => `{\\left|${a}\\right\\rangle\\!\\left\\langle ${b}\\right|}`,
};

const innerProduct: Command = {
  arguments: [1, 2],
  write: ([a = '', b = a]) => `{\\left\\langle ${a}\\middle|${b}\\right\\rangle}`,
};

/** The packages braket and physics share the name: with a single argument, that contains the bars itself. */
const braket: Command = {
  arguments: [1, 2],
  write: ([a = '', b], option) =>
    b === undefined || a.includes('|')
      ? `\\braket{${a}}${b === undefined ? '' : `{${b}}`}`
      : innerProduct.write([a, b], option),
};

const differential: Command = {
  arguments: [1, 1],
  write: ([x = ''], order) => `\\mathrm{d}${order === undefined ? '' : `^{${order}}`}{${x}}`,
};

const matrixElement: Command = {
  arguments: [3, 3],
  write: ([a = '', operator = '', b = '']) =>
    `{\\left\\langle ${a}\\middle|${operator}\\middle|${b}\\right\\rangle}`,
};

const expectedValue: Command = {
  arguments: [1, 2],
  write: ([operator = '', state]) =>
    state === undefined
      ? `{\\left\\langle ${operator}\\right\\rangle}`
      : `{\\left\\langle ${state}\\middle|${operator}\\middle|${state}\\right\\rangle}`,
};

const pair = (left: string, right: string): Command => ({
  arguments: [2, 2],
  write: ([a = '', b = '']) => `{\\left${left} ${a}, ${b}\\right${right}}`,
});

const enclosed = (left: string, right: string): Command => ({
  arguments: [1, 1],
  write: ([content = '']) => `{\\left${left} ${content}\\right${right}}`,
});

/** The commands of the package physics whose number of arguments varies, or that enclose their argument. */
export const PHYSICS: Readonly<Record<string, Command>> = {
  braket,
  dd: differential,
  dv: derivative('\\mathrm{d}', 2),
  odv: derivative('\\mathrm{d}', 2),
  pdv: derivative('\\partial', 3),
  fdv: derivative('\\delta', 3),
  ketbra: outerProduct,
  dyad: outerProduct,
  op: outerProduct,
  ip: innerProduct,
  mel: matrixElement,
  ev: expectedValue,
  expval: expectedValue,
  comm: pair('[', ']'),
  commutator: pair('[', ']'),
  acomm: pair('\\{', '\\}'),
  anticommutator: pair('\\{', '\\}'),
  pb: pair('\\{', '\\}'),
  pqty: enclosed('(', ')'),
  bqty: enclosed('[', ']'),
  Bqty: enclosed('\\{', '\\}'),
  vqty: enclosed('|', '|'),
  eval: enclosed('.', '|'),
};

/** The environment for each bracket around the rows of `\mqty`. */
const MATRICES: Readonly<Record<string, string>> = { '(': 'pmatrix', '[': 'bmatrix', '{': 'matrix' };
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const BRACKETED = /\\(?:(qty)|([pbBvV]?)mqty)\s*([([{])/g;

/** Replaces `\qty(…)` and `\mqty(…)`, whose arguments are in brackets that are drawn. */
export function withDrawnBrackets(source: string): string {
  let result = source;
  for (const { 0: opening, 1: quantity, 2: kind = '', 3: bracket = '', index } of [
    ...source.matchAll(BRACKETED),
  ].reverse()) {
    if (quantity !== undefined && bracket === '{') continue;
    const open = index + opening.length - 1;
    const close = closingBracket(result, open, `${bracket}${CLOSING[bracket] ?? ''}`);
    if (close === undefined) continue;
    const content = result.slice(open + 1, close);
    const name = kind === '' ? (MATRICES[bracket] ?? 'matrix') : `${kind}matrix`;
    const replaced =
      quantity === undefined
        ? `{\\begin{${name}}${content}\\end{${name}}}`
        : `{\\left${bracket}${content}\\right${CLOSING[bracket] ?? ''}}`;
    result = result.slice(0, index) + replaced + result.slice(close + 1);
  }
  return result;
}
