import assert from 'node:assert/strict';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { createNonce, contentSecurityPolicy } from '../../../src/host/views/content-security-policy';
import { parseBlocks } from '../../../src/webview/markdown/parser';
import { hostileSamples } from '../../fixtures/hostile/hostile';
import { useBrowser } from '../../support/use-panel';
import { inRepository } from '../../support/paths';

const origin = 'https://bare.test';

/** A document with a sample as its body, and with a content security policy if one is given. */
function documentWith(body: string, policy?: string): string {
  const meta = policy === undefined ? '' : `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  return `<!DOCTYPE html><html><head><meta charset="utf-8">${meta}<title>x</title></head><body>${body}</body></html>`;
}

/**
 * A script of the page that writes each document into a frame, as VS Code does with a webview, triggers everything in
 * it, and returns the indexes of the documents in which a script ran.
 */
const triggerAll = `(async (documents) => {
  const ran = new Set();
  const frames = documents.map((html) => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    try {
      frame.contentDocument.open();
      frame.contentDocument.write(html);
      frame.contentDocument.close();
    } catch {
      // The frame has already navigated away.
    }
    return frame;
  });
  const listen = () => frames.forEach((frame, index) => {
    try {
      if ('pwned' in frame.contentWindow) ran.add(index);
    } catch {
      // The frame has navigated away, which a policy does not forbid.
    }
  });
  const listening = setInterval(listen, 100);
  const wait = (time) => new Promise((resolve) => setTimeout(resolve, time));
  await wait(500);
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
  await wait(500);
  listen();
  clearInterval(listening);
  frames.forEach((frame) => frame.remove());
  // A script may also have run in the surrounding page.
  if ('pwned' in window) ran.add(-1);
  delete window.pwned;
  return [...ran];
})`;

/** The elements and attributes that the sanitizer may keep. */
const allowedElements = new Set(
  'p br hr h1 h2 h3 h4 h5 h6 blockquote ul ol li pre code em strong s a table thead tbody tr th td div span'.split(
    ' ',
  ),
);
const allowedAttributes = new Set([
  'href',
  'title',
  'start',
  'align',
  'dir',
  'class',
  'data-language',
  'data-display',
]);

describe('S1 Each layer of defense against hostile text, alone,', () => {
  const browser = useBrowser();
  let page: Page;

  before(async () => {
    const context = await browser.newContext();
    await context.route(origin, (route) =>
      route.fulfill({ contentType: 'text/html', body: documentWith('') }),
    );
    page = await context.newPage();
    page.on('dialog', (dialog) => void dialog.dismiss());
    await page.goto(origin);
    await context.unrouteAll();
    await context.setOffline(true);
  });

  /** Returns the documents in which a script ran. */
  async function ranIn(documents: readonly string[]): Promise<readonly string[]> {
    const places = await page.evaluate<readonly number[]>(`${triggerAll}(${JSON.stringify(documents)})`);
    return places.map((place) => documents[place] ?? 'in the surrounding page');
  }

  /** Samples that are HTML, each for a document of its own, because many swallow the text that follows. */
  const htmlSamples = hostileSamples.map(({ text }) => text).filter((text) => /^(?:<|---|&)/.test(text));

  /** Combines HTML that was made harmless into larger documents. */
  function combine(parts: readonly string[]): readonly string[] {
    const documents: string[] = [];
    for (let start = 0; start < parts.length; start += 20) {
      documents.push(documentWith(parts.slice(start, start + 20).join('\n')));
    }
    return documents;
  }

  it('is needed, because most of the HTML runs scripts without it', async () => {
    const selected = htmlSamples.filter((_, index) => index % 5 === 0);
    const ran = await ranIn(selected.map((text) => documentWith(text)));
    assert.ok(ran.length > selected.length / 2, `${ran.length} of ${selected.length} ran`);
  });

  it('prevents scripts from running: the parser', async () => {
    const parsed = hostileSamples.map(({ text }) =>
      parseBlocks(text, {})
        .map((block) => block.html)
        .join('\n'),
    );
    assert.deepEqual(await ranIn(combine(parsed)), []);
  });

  it('prevents scripts from running: the sanitizer', async () => {
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
    const sanitized = await page.evaluate<readonly string[]>(`sanitizeAll(${JSON.stringify(texts)})`);
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
    }, sanitized);
    for (const name of remaining.elements) assert.ok(allowedElements.has(name), name);
    for (const name of remaining.attributes) assert.ok(allowedAttributes.has(name), name);
    for (const scheme of remaining.schemes) assert.match(scheme ?? '', /^(?:https?|mailto)$/);
    // Serialized and parsed again, which is how sanitizers are deceived.
    assert.deepEqual(await ranIn(combine(sanitized)), []);
    assert.ok(sanitized.some((html) => html.includes('<a href="https://example.org">')));
  });

  it('prevents scripts from running: the policy', async () => {
    const policy = contentSecurityPolicy(createNonce(), origin);
    assert.deepEqual(await ranIn(htmlSamples.map((text) => documentWith(text, policy))), []);
  });
});
