import { Refusal } from './problems';

export type Fields = Readonly<Record<string, unknown>>;

export function asObject(value: unknown, path: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw wrongType(path, 'an object', value);
  return value as Fields;
}

export function asNonEmptyArray(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) throw wrongType(path, 'an array', value);
  if (value.length > 0) return value;
  const message = `Invalid '${path}': empty array. Expected an array with minimum length 1, but got an empty array instead.`;
  throw new Refusal(message, path, 'empty_array');
}

export function asBoolean(value: unknown, path: string): boolean {
  if (typeof value !== 'boolean') throw wrongType(path, 'a boolean', value);
  return value;
}

export function asNonEmptyString(value: unknown, path: string): string {
  if (typeof value !== 'string') throw wrongType(path, 'a string', value);
  if (value !== '') return value;
  const message = `Invalid '${path}': empty string. Expected a string with minimum length 1, but got an empty string instead.`;
  throw new Refusal(message, path, 'empty_string');
}

export function asInteger(value: unknown, path: string, max = Infinity): number {
  if (!Number.isInteger(value)) throw wrongType(path, 'an integer', value);
  return asPositive(value, path, max);
}

/** A number of at least 1, as all numbers of the service must be. */
export function asPositive(value: unknown, path: string, max = Infinity): number {
  if (typeof value !== 'number') throw wrongType(path, 'a number', value);
  if (value < 1) throw outOfRange(path, 'below minimum', `>= 1, but got ${value}`, 'integer_below_min_value');
  if (value > max)
    throw outOfRange(path, 'above maximum', `<= ${max}, but got ${value}`, 'integer_above_max_value');
  return value;
}

export function missing(path: string): Refusal {
  return new Refusal(`Missing required parameter: '${path}'.`, path, 'missing_required_parameter');
}

function outOfRange(path: string, where: string, range: string, code: string): Refusal {
  return new Refusal(`Invalid '${path}': ${where} value. Expected a value ${range} instead.`, path, code);
}

function wrongType(path: string, expected: string, value: unknown): Refusal {
  const message = `Invalid type for '${path}': expected ${expected}, but got ${typeName(value)} instead.`;
  return new Refusal(message, path, 'invalid_type');
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'number') return Number.isInteger(value) ? 'an integer' : 'a decimal number';
  return `a ${typeof value}`;
}
