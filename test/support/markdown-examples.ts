import { readFileSync } from 'node:fs';
import { drawnFrom, type Drawn } from './drawn';
import { inRepository } from './paths';
import { createBlockReader, type BlockUpdate } from '../../src/webview/markdown/block-reader';
import { parseBlocks } from '../../src/webview/markdown/parser';

/** An input and what others draw of it, as `test/fixtures/markdown/README.md` says. */
export type Example = {
  readonly example: string;
  readonly markdown: string;
  readonly drawn: readonly Drawn[];
} & (
  | { readonly difference?: undefined }
  /** What we draw instead, and the row in `docs/markdown.md` that says why. */
  | { readonly difference: string; readonly here: readonly Drawn[] }
);

export function examplesIn(file: string): readonly Example[] {
  const lines = readFileSync(inRepository('test/fixtures/markdown', file), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Example);
}

export function expectedOf(example: Example): readonly Drawn[] {
  return example.difference === undefined ? example.drawn : example.here;
}

export function drawnAtOnce(markdown: string): readonly Drawn[] {
  return drawnFrom(
    parseBlocks(markdown, {})
      .map(({ html }) => html)
      .join('\n'),
  );
}

/** The outcome for a text that comes in pieces of so many characters. */
export function drawnInPieces(markdown: string, length: number): readonly Drawn[] {
  const reader = createBlockReader();
  const blocks: string[] = [];
  for (let at = 0; at < markdown.length; at += length) {
    apply(blocks, reader.append(markdown.slice(at, at + length)));
  }
  apply(blocks, reader.finish());
  return drawnFrom(blocks.join('\n'));
}

function apply(blocks: string[], { changes, count }: BlockUpdate): void {
  for (const change of changes) {
    const before = blocks[change.index] ?? '';
    blocks[change.index] = change.type === 'block' ? change.html : withCode(before, change.text);
  }
  blocks.length = count;
}

function withCode(html: string, code: string): string {
  const end = html.lastIndexOf('</code>');
  const escaped = code.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return html.slice(0, end) + escaped + html.slice(end);
}
