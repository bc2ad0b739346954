import assert from 'node:assert/strict';
import { parseBlocks } from '../../../src/webview/markdown/parser';

function html(markdown: string): string {
  return parseBlocks(markdown, {})
    .map((block) => block.html.trim())
    .join('\n');
}

describe('Markdown of an answer', () => {
  it('has no HTML of its own', () => {
    assert.equal(html('<img src=x onerror=alert(1)>'), '<p>&lt;img src=x onerror=alert(1)&gt;</p>');
    assert.doesNotMatch(html('<script>alert(1)</script>\n\n<b>x</b>'), /<(script|b)>/);
  });

  it('loads no image: its address is a link', () => {
    assert.equal(
      html('![a cat](https://example.org/cat.png)'),
      '<p><a href="https://example.org/cat.png">a cat</a></p>',
    );
  });

  it('links to the web and to mail, and to nothing else', () => {
    assert.match(html('[x](https://example.org) [y](mailto:a@example.org)'), /href="https:.*href="mailto:/);
    for (const address of [
      'javascript:alert(1)',
      'vbscript:x',
      'data:text/html,x',
      'file:///etc/passwd',
      'command:x',
      'vscode:x',
      '#a',
      '/a',
    ]) {
      assert.doesNotMatch(html(`[x](${address})`), /href/, address);
    }
  });

  it('keeps the language of a fence, and nothing else of its info', () => {
    assert.match(html('```py title="<x>"\na < b\n```'), /data-language="py"><pre><code>a &lt; b\n<\/code>/);
  });

  it('aligns the cells of a table without a style', () => {
    const table = html('| a | b |\n| :- | -: |\n| 1 | 2 |');
    assert.match(table, /<td align="right">2<\/td>/);
    assert.doesNotMatch(table, /style=/);
  });
});
