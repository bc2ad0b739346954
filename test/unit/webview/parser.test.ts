import assert from 'node:assert/strict';
import { html } from './builders';

describe('The Markdown of an answer', () => {
  it('cannot contain HTML', () => {
    assert.equal(html('<img src=x onerror=alert(1)>'), '<p>&lt;img src=x onerror=alert(1)&gt;</p>');
    assert.doesNotMatch(html('<script>alert(1)</script>\n\n<b>x</b>'), /<(script|b)>/);
  });

  it('shows an image as a link instead of loading it', () => {
    assert.equal(
      html('![a cat](https://example.org/cat.png)'),
      '<p><a class="image" href="https://example.org/cat.png">a cat</a></p>',
    );
  });

  it('links only to web and email addresses', () => {
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

  it('keeps only the language from the info string of a fence', () => {
    assert.match(html('```py title="<x>"\na < b\n```'), /data-language="py"><pre><code>a &lt; b\n<\/code>/);
  });

  it('decodes escapes and entities in the language of a fence', () => {
    assert.match(html('``` c\\+\\+\nx\n```'), /data-language="c\+\+"/);
    assert.match(html('~~~ f&ouml;&ouml;\nx\n~~~'), /data-language="föö"/);
  });

  it('aligns table cells without a style attribute', () => {
    const table = html('| a | b |\n| :- | -: |\n| 1 | 2 |');
    assert.match(table, /<td align="right">2<\/td>/);
    assert.doesNotMatch(table, /style=/);
  });
});

describe('Text that could exceed its line', () => {
  const stacked = 'a' + '\u0301\u0316'.repeat(10);

  it('is confined if many marks are stacked on a letter, in text and in code', () => {
    assert.equal(html(`b${stacked}c`), `<p>b<span class="stacked-marks">${stacked}</span>c</p>`);
    assert.equal(
      html(`\`b${stacked}\``),
      `<p><code>b<span class="stacked-marks">${stacked}</span></code></p>`,
    );
    assert.match(html(`[${stacked}](https://example.org)`), /class="stacked-marks"/);
    assert.match(html(`&amp;${stacked.slice(1)}`), /^<p>&amp;<span class="stacked-marks">/);
  });

  it('is unchanged if it is ordinary text of any language', () => {
    for (const text of [
      'Việt Nam, e\u0302\u0323',
      'שָׁלוֹם בְּרֵאשִׁ֖ית',
      'بِسْمِ اللَّهِ الرَّحْمَٰنِ',
      'क्षत्रिय र्‍क',
      'ที่นี่ น้ำ',
      'བསྒྲུབས',
      'நிறுவனங்கள்',
      '👩🏽‍🚀 ❤️‍🔥 1️⃣',
    ]) {
      assert.doesNotMatch(html(text), /stacked-marks/, text);
    }
  });

  it('has enough space for list numbers of any length', () => {
    assert.match(html('1. a\n2. b'), /^<ol>/);
    assert.match(html('100. a'), /^<ol start="100" class="digits-3">/);
    assert.match(html('9999. a\n1. b'), /^<ol start="9999" class="digits-many">/);
    assert.match(html(Array.from({ length: 100 }, () => '1. a').join('\n')), /^<ol class="digits-3">/);
    assert.match(html('98. a\n    1. c\n    2. d'), /^<ol start="98">/);
  });
});
