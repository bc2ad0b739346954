import { leadingSpace } from './indent-inserted-code';
import type { LineContext } from './unfinished-line';

/** How code continues a line of YAML. */
export interface YamlInsertion {
  /** The text between the line and the code. */
  readonly separator: '' | ' ' | '\n';
  readonly code: string;
  /** The indentation of the code, which gives it its place in the tree. */
  readonly indentation: string;
  /** The text after the code. */
  readonly rest: string;
}

const YAML: ReadonlySet<string> = new Set([
  'yaml',
  'dockercompose',
  'github-actions-workflow',
  'azure-pipelines',
  'ansible',
  'helm',
]);
const ITEM_MARKERS = /^ *(?:-(?: +|$))*/;
const FIRST_MARKER = /^ *- +/;
const BLOCK_SCALAR = /(?:^|[:-] +(?:[!&]\S+ +)*)[|>](?:[-+]?\d?|\d[-+]) *(?: #.*)?$/;
const COMMENT = /(?:^|\s)#/;
/** The beginning of a mapping or a sequence, which cannot follow a key in its line. */
const BLOCK_COLLECTION = /^(?:-\s|[^\s#"'[{|>&*!][^#\n]*?:(?:\s|$)|(?:"[^"\n]*"|'[^'\n]*') *:\s)/;
const STEP = '  ';

export function isYaml(language: string): boolean {
  return YAML.has(language);
}

/** Whether a text has nothing but the markers of a list, as in `  - `. */
export function isItemMarker(text: string): boolean {
  return text.includes('-') && itemIndent(text).length === text.length;
}

/** The indentation of code beside an item of a list: that of the keys in `  - name: a`, unless it is an item too. */
export function indentBesideItem(line: string, code: string): string {
  const hasKeys = isItemMarker(line) || /:(?:\s|$)/.test(line);
  return hasKeys && !FIRST_MARKER.test(code) ? itemIndent(line) : leadingSpace(line);
}

/** Code that follows the marker of a list. A list goes on there, so its first marker is left out. */
export function withoutFirstMarker(code: string): string {
  return code.replace(FIRST_MARKER, '');
}

/** How code of whole lines continues an item, a key, or the beginning of a block; undefined within a value. */
export function yamlInsertion(code: string, { before, after }: LineContext): YamlInsertion | undefined {
  const hasAfter = after.trim() !== '';
  if (isItemMarker(before)) {
    const separator = before.endsWith(' ') ? '' : ' ';
    return {
      separator,
      code: withoutFirstMarker(code),
      indentation: indentBesideItem(before + separator, code),
      rest: hasAfter ? `\n${before}` : '',
    };
  }
  const line = before.trimEnd();
  const indentation = itemIndent(line) + STEP;
  if (/[[{]$/.test(line)) return { separator: '', code, indentation, rest: '' };
  const isKey = line.endsWith(':') && !COMMENT.test(line) && (before.endsWith(':') || !isFlow(code));
  if (hasAfter || !(isKey || BLOCK_SCALAR.test(line))) return undefined;
  return { separator: '\n', code, indentation, rest: '' };
}

function itemIndent(line: string): string {
  return (ITEM_MARKERS.exec(line)?.[0] ?? '').replaceAll('-', ' ');
}

/** Whether code can follow a key in its line. */
function isFlow(code: string): boolean {
  const value = code.trim();
  return !BLOCK_COLLECTION.test(value) && (/^[[{"'|>&*!]/.test(value) || !value.includes('\n'));
}
