import { parseBlocks } from '../../../src/webview/markdown/parser';

/** The HTML of all blocks of a Markdown text, joined by line breaks. */
export function html(markdown: string): string {
  return parseBlocks(markdown, {})
    .map((block) => block.html.trim())
    .join('\n');
}
