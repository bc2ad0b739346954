import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { getL10nJson, type l10nJsonFormat } from '@vscode/l10n-dev';
import ts from 'typescript';
import { inRepository } from './paths';

/** Texts of the user interface by their keys. The keys of the sources are the English texts themselves. */
export type Translations = Readonly<Record<string, string>>;

/** The files with the texts of the sources and of the manifest. */
export const translationFiles = {
  sources: { en: 'l10n/bundle.l10n.json', de: 'l10n/bundle.l10n.de.json' },
  manifest: { en: 'package.nls.json', de: 'package.nls.de.json' },
} as const;

export function readTranslations(file: string): Translations {
  return JSON.parse(readFileSync(inRepository(file), 'utf8')) as Translations;
}

export function writeTranslations(file: string, texts: object): void {
  writeFileSync(inRepository(file), `${JSON.stringify(texts, null, 2)}\n`);
}

interface Source {
  readonly path: string;
  readonly contents: string;
}

function readSources(): readonly Source[] {
  return readdirSync(inRepository('src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .map((path) => ({ path, contents: readFileSync(inRepository('src', path), 'utf8') }));
}

/** The texts that the sources pass to `t`, as found by `@vscode/l10n-dev`. */
export async function sourceTexts(): Promise<Translations> {
  const files = readSources()
    .filter(({ contents }) => contents.includes('l10n'))
    .map(({ contents }) => ({ contents: withNamespace(contents), extension: '.ts' }));
  const found: l10nJsonFormat = await getL10nJson(files);
  const texts = Object.entries(found).map(
    ([key, word]) => [key, typeof word === 'string' ? word : word.message] as const,
  );
  return Object.fromEntries(texts.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Rewrites imports of `t`, because `@vscode/l10n-dev` finds only calls of `l10n.t(…)`. */
function withNamespace(contents: string): string {
  if (!/import \{ t \} from '@vscode\/l10n'/.test(contents)) return contents;
  return contents
    .replace(/import \{ t \} from/, 'import * as l10n from')
    .replace(/(?<![\w$.])t\(/g, 'l10n.t(');
}

/** The texts that are passed to `t`, and the calls without a literal text, which cannot be collected. */
export function translatedCalls(): {
  readonly texts: readonly string[];
  readonly unreadable: readonly string[];
} {
  const texts: string[] = [];
  const unreadable: string[] = [];
  for (const { path, contents } of readSources()) {
    const visit = (node: ts.Node): void => {
      ts.forEachChild(node, visit);
      if (!ts.isCallExpression(node) || !isTranslation(node.expression)) return;
      const [first] = node.arguments;
      if (first && ts.isStringLiteralLike(first)) texts.push(first.text);
      else unreadable.push(`${path}: ${node.getText()}`);
    };
    visit(ts.createSourceFile(path, contents, ts.ScriptTarget.Latest, true));
  }
  return { texts, unreadable };
}

function isTranslation(callee: ts.Expression): boolean {
  return callee.getText() === 't' || callee.getText().endsWith('l10n.t');
}

/** A text of the manifest that is shown to users. */
export interface ManifestText {
  readonly text: string;
  /** The key of the text in package.nls.json. */
  readonly key: string;
  readonly replace: (text: string) => void;
}

/** Names that are the same in every language. */
const names: ReadonlySet<string> = new Set(['o1-mini', 'o1-mini Chat']);
const visibleProperties =
  /^(?:title|shortTitle|description|markdownDescription|deprecationMessage|patternErrorMessage|label|contents|altText)$/;
const visibleLists = /^(?:enumDescriptions|markdownEnumDescriptions|enumItemLabels)$/;

type Json = Record<string, unknown>;

/** The texts of a manifest, except names. */
export function manifestTexts(manifest: Json): readonly ManifestText[] {
  const found: ManifestText[] = [];
  const add = (holder: Json | unknown[], name: string | number, key: string): void => {
    const text = (holder as Json)[name];
    if (typeof text !== 'string' || names.has(text) || text === '') return;
    found.push({ text, key, replace: (next) => void ((holder as Json)[name] = next) });
  };
  const visit = (value: unknown, path: readonly string[]): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, child] of Object.entries(value)) {
      const inside = [...path, partName(child, name)];
      if (visibleProperties.test(name)) add(value as Json, name, keyOf(path, name));
      if (visibleLists.test(name) && Array.isArray(child)) {
        const values = (value as { readonly enum?: readonly unknown[] }).enum ?? [];
        child.forEach((_, index) =>
          add(child, index, `${keyOf(path, 'description')}.${String(values[index])}`),
        );
      }
      if (name !== 'scripts' && name !== 'default') visit(child, inside);
    }
  };
  visit(manifest, []);
  return found;
}

/** Commands and views are identified by their IDs, not by their position in a list. */
function partName(child: unknown, name: string): string {
  const { command, id } = (child ?? {}) as { readonly command?: unknown; readonly id?: unknown };
  if (typeof command === 'string') return command;
  return typeof id === 'string' ? id : name;
}

function keyOf(path: readonly string[], name: string): string {
  const kinds: Readonly<Record<string, string>> = { commands: 'command', properties: 'setting' };
  const at = path.findIndex((part) => part in kinds);
  const kind = kinds[path[at] ?? ''];
  const place = path.slice(at < 0 ? 1 : at + 1).filter((part) => part !== 'items' && part !== 'properties');
  const isMain = kind !== undefined && /^(?:title|description|markdownDescription)$/.test(name);
  const parts = [...(kind === undefined ? [] : [kind]), ...place, ...(isMain ? [] : [name])];
  return parts.map((part) => part.replace(/^o1mini\./, '')).join('.');
}

/** The `{0}` and `{name}` of a text, in order. */
export function placeholders(text: string): readonly string[] {
  return [...text.matchAll(/\{[^{}]*\}/g)].map(([placeholder]) => placeholder).sort();
}
