import assert from 'node:assert/strict';
import type { BlockUpdate } from '../../src/webview/markdown/block-reader';

/** The blocks that are shown after the updates applied so far. */
export function createRenderedBlocks(): { readonly blocks: string[]; apply(update: BlockUpdate): void } {
  const blocks: string[] = [];
  return {
    blocks,
    apply({ changes, count, unread }) {
      for (const change of changes) {
        const { index } = change;
        assert.ok(index <= blocks.length, 'no block is skipped');
        if (change.type === 'block') blocks[index] = change.html;
        else blocks[index] = withCode(blocks[index] ?? '', change.text);
      }
      blocks.length = count;
      assert.equal(unread, '');
    },
  };
}

function withCode(html: string, code: string): string {
  const escaped = code
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
  const end = html.lastIndexOf('</code>');
  return html.slice(0, end) + escaped + html.slice(end);
}
