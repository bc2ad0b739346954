import type { Command } from './replace-commands';

/** Names of prefixes and units with their symbols. Other names, such as `\kN` and `\lux`, are shown as they are. */
// prettier-ignore
const PREFIXES: ReadonlyMap<string, string> = new Map(Object.entries({
  femto: 'f', pico: 'p', nano: 'n', micro: 'µ', milli: 'm', centi: 'c', deci: 'd', hecto: 'h', kilo: 'k', mega: 'M',
  giga: 'G', tera: 'T',
}));
// prettier-ignore
const UNITS: ReadonlyMap<string, string> = new Map(Object.entries({
  metre: 'm', meter: 'm', second: 's', gram: 'g', kilogram: 'kg', ampere: 'A', kelvin: 'K', mole: 'mol', newton: 'N',
  joule: 'J', watt: 'W', pascal: 'Pa', volt: 'V', coulomb: 'C', ohm: 'Ω', farad: 'F', henry: 'H', tesla: 'T', hertz: 'Hz',
  degree: '°', celsius: '°C', degreeCelsius: '°C', percent: '\\%', litre: 'L', liter: 'L', minute: 'min', hour: 'h',
  electronvolt: 'eV', byte: 'B',
}));
/** Powers that stand before their unit, and after it. */
const POWERS_BEFORE: ReadonlyMap<string, string> = new Map(Object.entries({ square: '2', cubic: '3' }));
const POWERS_AFTER: ReadonlyMap<string, string> = new Map(Object.entries({ squared: '2', cubed: '3' }));

/** A unit as siunitx writes it: `\metre\per\second\squared`, or letters such as `m/s^2`, which are kept. */
function unit(source: string): string {
  const parts: { symbol: string; power: string; negative: boolean }[] = [];
  let [prefix, powerBefore, negative] = ['', '', false];
  for (const { 0: text, 1: name = '', 2: argument } of source.matchAll(
    /\\([a-zA-Z]+)\s*(?:\{([^{}]*)\})?|\^\{[^{}]*\}|\^[^\\]|\\[^a-zA-Z]|[^\\\s~^]+/g,
  )) {
    const last = parts.at(-1);
    if (name === 'per') negative = true;
    else if (PREFIXES.has(name)) prefix = PREFIXES.get(name) ?? '';
    else if (POWERS_BEFORE.has(name)) powerBefore = POWERS_BEFORE.get(name) ?? '';
    else if (name === 'raiseto') powerBefore = argument ?? '';
    else if (POWERS_AFTER.has(name) || name === 'tothe') {
      if (last) last.power = POWERS_AFTER.get(name) ?? argument ?? '';
    } else if (text.startsWith('^')) {
      if (last) last.power = text.replace(/[\^{}]/g, '');
    } else {
      parts.push({
        symbol: prefix + (name === '' ? text : (UNITS.get(name) ?? name)),
        power: powerBefore,
        negative,
      });
      [prefix, powerBefore, negative] = ['', '', false];
    }
  }
  return parts
    .map(({ symbol, power, negative: isPer }) => {
      const exponent = isPer ? `-${power || '1'}` : power;
      return `\\text{${symbol.replaceAll('.', '·')}}${exponent === '' ? '' : `^{${exponent}}`}`;
    })
    .join('\\,');
}

/** A number as siunitx writes it: `1.5e-3`, `5 +- 0.1`, `3 x 4`. */
function number(source: string): string {
  return source
    .trim()
    .replace(/(\d\.?)\s*[eEdD]\s*([-+]?)\s*(\d+)/g, '$1 \\times 10^{$2$3}')
    .replace(/^[eE]([-+]?\d+)/, '10^{$1}')
    .replace(/\+-|\\pm/g, '\\pm ')
    .replace(/(?<=[\d\s])x(?=[\d\s])/g, ' \\times ')
    .replace(/(\d),(?=\d)/g, '$1{,}');
}

function quantity(value: string, symbol: string): string {
  // A unit of degrees follows its number without a space.
  const space = /^\\degree(?![a-zA-Z])/.test(symbol.trim()) ? '' : '\\,';
  return `{${number(value)}${space}${unit(symbol)}}`;
}

/** Several values, of which each has the unit: a range with a dash, or a list. */
const values = (separator: string, all: readonly string[], symbol?: string): string =>
  `{${all.map((value) => (symbol === undefined ? number(value) : quantity(value, symbol))).join(separator)}}`;

/** A list, with a unit except for `\numlist`. */
const list: Command = {
  arguments: [1, 2],
  write: ([all = '', symbol]) => values(',\\ ', all.split(';'), symbol),
};
/** A range, with a unit except for `\numrange`. */
const range: Command = {
  arguments: [2, 3],
  write: ([from = '', to = '', symbol]) => values('\\text{ – }', [from, to], symbol),
};

/** An angle in degrees, or in degrees, minutes and seconds. */
function angle(source: string): string {
  const marks = ['^\\circ', "'", "''"];
  return source
    .split(';')
    .map((value, at) => (value.trim() === '' ? '' : `{${number(value)}}${marks[at] ?? ''}`))
    .join('');
}

const plainNumber: Command = { arguments: [1, 1], write: ([value = '']) => `{${number(value)}}` };
const plainQuantity: Command = {
  arguments: [2, 2],
  write: ([value = '', symbol = '']) => quantity(value, symbol),
};

/** The commands of the package siunitx, except those that share their name with other packages. */
export const SIUNITX: Readonly<Record<string, Command>> = {
  SI: plainQuantity,
  complexqty: plainQuantity,
  qtyproduct: plainQuantity,
  si: { arguments: [1, 1], write: ([symbol = '']) => `{${unit(symbol)}}` },
  unit: { arguments: [1, 1], write: ([symbol = '']) => `{${unit(symbol)}}` },
  num: plainNumber,
  complexnum: plainNumber,
  numproduct: plainNumber,
  tablenum: plainNumber,
  ang: { arguments: [1, 1], write: ([value = '']) => `{${angle(value)}}` },
  numlist: list,
  numrange: range,
  SIlist: list,
  qtylist: list,
  SIrange: range,
  qtyrange: range,
  /** In the package physics, with a single argument, parentheses of the height of their content. */
  qty: {
    arguments: [1, 2],
    write: ([value = '', symbol]) =>
      symbol === undefined ? `{\\left\\{${value}\\right\\}}` : quantity(value, symbol),
  },
};
