import { readFileSync } from 'node:fs';
import { renderedFrom, type Rendered } from './rendered';
import { inRepository } from './paths';
import { createBlockReader, type BlockUpdate } from '../../src/webview/markdown/block-reader';
import { parseBlocks } from '../../src/webview/markdown/parser';

/** A Markdown text with its expected rendering, in the format of `test/fixtures/markdown/README.md`. */
export type Example = {
  readonly example: string;
  readonly markdown: string;
  readonly drawn: readonly Rendered[];
} & (
  | { readonly difference?: undefined }
  /** The rendering of this extension, and the row in `docs/markdown.md` that explains the difference. */
  | { readonly difference: string; readonly here: readonly Rendered[] }
);

export function examplesIn(file: string): readonly Example[] {
  const lines = readFileSync(inRepository('test/fixtures/markdown', file), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Example);
}

export function expectedOf(example: Example): readonly Rendered[] {
  return example.difference === undefined ? example.drawn : example.here;
}

export function renderAtOnce(markdown: string): readonly Rendered[] {
  return renderedFrom(
    parseBlocks(markdown, {})
      .map(({ html }) => html)
      .join('\n'),
  );
}

/** The rendering of a text that is streamed in deltas of this length. */
export function renderStreamed(markdown: string, length: number): readonly Rendered[] {
  const reader = createBlockReader();
  const blocks: string[] = [];
  for (let at = 0; at < markdown.length; at += length) {
    apply(blocks, reader.append(markdown.slice(at, at + length)));
  }
  apply(blocks, reader.finish());
  return renderedFrom(blocks.join('\n'));
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
