import { Uri } from 'vscode';
import * as v from 'valibot';
import type { Lines } from '../../core/prompt/attachment';

/** The files and symbols that an answer of VS Code's chat refers to, as Markdown. */
const uri = v.looseObject({ path: v.string() });
const line = v.looseObject({ startLineNumber: v.number() });
const lines = v.looseObject({ startLineNumber: v.number(), endLineNumber: v.number() });
const location = v.looseObject({ uri, range: v.optional(v.unknown()) });
const symbol = v.looseObject({ name: v.string() });

/** True if the value is the place of a file, or of lines in it. */
export function isReference(value: unknown): boolean {
  return v.is(uri, value) || v.is(location, value);
}

/** A file or a symbol as code, with the line if there is one. */
export function referenceOf(name: string | null | undefined, reference: unknown): string {
  const range = v.is(location, reference) ? reference.range : undefined;
  const at = v.is(line, range) ? `:${range.startLineNumber}` : '';
  return `\`${name ? inCode(name) : `${nameOf(reference)}${at}`}\``;
}

/** The lines of a location; undefined if it is a whole file. */
export function linesOf(reference: unknown): Lines | undefined {
  const range = v.is(location, reference) ? reference.range : undefined;
  return v.is(lines, range) ? [range.startLineNumber, range.endLineNumber] : undefined;
}

/** The last name in the path of a file, or the name of a symbol. */
export function nameOf(reference: unknown): string {
  if (v.is(symbol, reference)) return inCode(reference.name);
  const path = typeof reference === 'string' ? pathIn(reference) : pathOf(reference);
  return inCode(path.split(/[\\/]/).findLast((part) => part !== '') ?? '…');
}

/** @param reference a path, or a URI with encoded characters */
function pathIn(reference: string): string {
  return /^[a-z][\w+.-]*:\/\//i.test(reference) ? Uri.parse(reference).path : reference;
}

function pathOf(reference: unknown): string {
  if (v.is(uri, reference)) return reference.path;
  return v.is(location, reference) ? reference.uri.path : '';
}

/** A name must not end the code span that it stands in. */
function inCode(name: string): string {
  return name.replace(/[`\r\n]+/g, ' ').slice(0, 200);
}
