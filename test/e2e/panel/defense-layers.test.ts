import assert from 'node:assert/strict';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { createNonce, contentSecurityPolicy } from '../../../src/host/views/content-security-policy';
import { parseBlocks } from '../../../src/webview/markdown/parser';
import { hostileSamples } from '../../fixtures/hostile/hostile';
import { useBrowser } from '../../support/use-panel';
import { inRepository } from '../../support/paths';

const origin = 'https://bare.test';

/** A page with nothing between it and a sample; one that is cut off by the policy where it is given one. */
function bare(body: string, policy?: string): string {
  const meta = policy === undefined ? '' : `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  return `<!DOCTYPE html><html><head><meta charset="utf-8">${meta}<title>x</title></head><body>${body}</body></html>`;
}

/**
 * Code of the page, as text: writes each document into a frame, as VS Code does it with a webview, uses all that
 * is in it, and gives the places of those in which a script ran.
 */
const useAll = `(async (documents) => {
  const ran = new Set();
  const frames = documents.map((html) => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    try {
      frame.contentDocument.open();
      frame.contentDocument.write(html);
      frame.contentDocument.close();
    } catch {
      // Gone elsewhere already.
    }
    return frame;
  });
  const listen = () => frames.forEach((frame, index) => {
    try {
      if ('pwned' in frame.contentWindow) ran.add(index);
    } catch {
      // It went elsewhere, which a policy does not forbid.
    }
  });
  const listening = setInterval(listen, 100);
  const some = (time) => new Promise((resolve) => setTimeout(resolve, time));
  await some(500);
  for (const frame of frames) {
    let nodes = [];
    try {
      nodes = [...frame.contentDocument.querySelectorAll('a, button, input, summary, b, x, x-y, [onclick]')];
    } catch {
      continue;
    }
    for (const node of nodes.slice(0, 50)) {
      for (const { name } of [...node.attributes]) {
        if (name.startsWith('on')) node.dispatchEvent(new Event(name.slice(2), { bubbles: true }));
      }
      node.click?.();
    }
  }
  await some(500);
  listen();
  clearInterval(listening);
  frames.forEach((frame) => frame.remove());
  // Some reach for the page around them.
  if ('pwned' in window) ran.add(-1);
  delete window.pwned;
  return [...ran];
})`;

/** What a sanitiser may leave. */
const ofMarkdown = new Set(
  'p br hr h1 h2 h3 h4 h5 h6 blockquote ul ol li pre code em strong s a table thead tbody tr th td div span'.split(
    ' ',
  ),
);
const harmless = new Set([
  'href',
  'title',
  'start',
  'align',
  'dir',
  'class',
  'data-language',
  'data-display',
]);

describe('S1 Each line of defence against hostile text, alone,', () => {
  const browser = useBrowser();
  let page: Page;

  before(async () => {
    const context = await browser.newContext();
    await context.route(origin, (route) => route.fulfill({ contentType: 'text/html', body: bare('') }));
    page = await context.newPage();
    page.on('dialog', (dialog) => void dialog.dismiss());
    await page.goto(origin);
    await context.unrouteAll();
    await context.setOffline(true);
  });

  /** The documents in which a script ran. */
  async function ranIn(documents: readonly string[]): Promise<readonly string[]> {
    const places = await page.evaluate<readonly number[]>(`${useAll}(${JSON.stringify(documents)})`);
    return places.map((place) => documents[place] ?? 'in the page around');
  }

  /** Those that are HTML by themselves, each in a document of its own: many swallow what is behind them. */
  const raw = hostileSamples.map(({ text }) => text).filter((text) => /^(?:<|---|&)/.test(text));

  /** What was made harmless, many in a document. */
  function together(parts: readonly string[]): readonly string[] {
    const documents: string[] = [];
    for (let start = 0; start < parts.length; start += 20) {
      documents.push(bare(parts.slice(start, start + 20).join('\n')));
    }
    return documents;
  }

  it('would be needed: most of the HTML runs without any', async () => {
    const some = raw.filter((_, index) => index % 5 === 0);
    const ran = await ranIn(some.map((text) => bare(text)));
    assert.ok(ran.length > some.length / 2, `${ran.length} of ${some.length} ran`);
  });

  it('keeps scripts from running: the parser', async () => {
    const drawn = hostileSamples.map(({ text }) =>
      parseBlocks(text, {})
        .map((block) => block.html)
        .join('\n'),
    );
    assert.deepEqual(await ranIn(together(drawn)), []);
  });

  it('keeps scripts from running: the sanitiser', async () => {
    const { outputFiles } = await build({
      stdin: {
        contents: `import { sanitize } from './sanitize';
          window.sanitizeAll = (texts) => texts.map((text) => {
            const place = document.createElement('div');
            place.append(sanitize(text));
            return place.innerHTML;
          });`,
        resolveDir: inRepository('src/webview/markdown'),
        loader: 'ts',
      },
      bundle: true,
      write: false,
      format: 'iife',
    });
    await page.evaluate(outputFiles[0]?.text ?? '');
    const texts = hostileSamples.map(({ text }) => text);
    const clean = await page.evaluate<readonly string[]>(`sanitizeAll(${JSON.stringify(texts)})`);
    assert.equal(await page.evaluate(() => 'pwned' in window), false);
    const remaining = await page.evaluate((texts) => {
      const place = document.createElement('template');
      place.innerHTML = texts.join('');
      const nodes = [...place.content.querySelectorAll('*')];
      const links = nodes.map((node) => node.getAttribute('href')).filter((address) => address !== null);
      return {
        elements: [...new Set(nodes.map((node) => node.localName))],
        attributes: [...new Set(nodes.flatMap((node) => node.getAttributeNames()))],
        schemes: [...new Set(links.map((address) => address.split(':')[0]?.toLowerCase()))].sort(),
      };
    }, clean);
    for (const name of remaining.elements) assert.ok(ofMarkdown.has(name), name);
    for (const name of remaining.attributes) assert.ok(harmless.has(name), name);
    for (const scheme of remaining.schemes) assert.match(scheme ?? '', /^(?:https?|mailto)$/);
    // Written and read again, which is where a sanitiser is deceived.
    assert.deepEqual(await ranIn(together(clean)), []);
    assert.ok(clean.some((html) => html.includes('<a href="https://example.org">')));
  });

  it('keeps scripts from running: the policy', async () => {
    const policy = contentSecurityPolicy(createNonce(), origin);
    assert.deepEqual(await ranIn(raw.map((text) => bare(text, policy))), []);
  });
});
