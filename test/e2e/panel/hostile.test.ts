import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Browser } from 'playwright-core';
import { hostileSamples } from '../../fixtures/hostile/hostile';
import type { HostileSample } from '../../fixtures/hostile/sample';
import { auditScript, auditFindings } from '../../support/audit';
import { useBrowser } from '../../support/use-panel';
import { openPanel, panelOrigin, type PanelPage } from '../../support/panel-page';
import { recordFigure, runs } from '../../support/promises';
import { changes, choice, running, snapshot, text, turn } from './views';

/** A panel that records forbidden requests, elements, dialogs, navigation and errors. */
interface WatchedPanel extends PanelPage {
  violations(): Promise<readonly string[]>;
}

async function openWatched(browser: Browser): Promise<WatchedPanel> {
  const panel = await openPanel(browser);
  const violations: string[] = [];
  const context = panel.page.context();
  await context.route(
    (url) => url.origin !== panelOrigin,
    (route) => route.abort(),
  );
  const panelFiles = /^\/(main\.(js|css)|chunks\/[\w-]+\.js|fonts\/[\w-]+\.(woff2|ttf))$/;
  context.on('request', (request) => {
    const { origin, pathname, protocol, search } = new URL(request.url());
    const isAllowed =
      protocol === 'blob:' || (origin === panelOrigin && panelFiles.test(pathname) && search === '');
    if (!isAllowed) violations.push(`request of ${request.url().slice(0, 200)}`);
  });
  context.on('page', (page) => violations.push(`window of ${page.url()}`));
  context.on('dialog', (dialog) => {
    violations.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  panel.page.on('framenavigated', (frame) => violations.push(`navigation to ${frame.url()}`));
  panel.page.on('frameattached', () => violations.push('a frame'));
  panel.page.on('download', (download) => violations.push(`download of ${download.url()}`));
  panel.page.on('pageerror', (error) => violations.push(`error ${error.message}`));
  panel.page.on('console', (message) => {
    // KaTeX warns about each character that its fonts do not have.
    if (!message.text().startsWith('No character metrics')) violations.push(`console ${message.text()}`);
  });
  await panel.page.evaluate(auditScript);
  return {
    ...panel,
    violations: async () => [...violations, ...(await panel.page.evaluate(auditFindings))],
  };
}

describe('S1 Hostile text in the panel', () => {
  const browser = useBrowser();
  let panel: WatchedPanel;
  const texts = hostileSamples.map((sample) => sample.text);
  const log = () => panel.page.getByRole('log');

  beforeEach(async () => {
    panel = await openWatched(browser);
  });
  afterEach(() => panel.close());

  it('has at least 250 samples with different names', () => {
    assert.ok(hostileSamples.length >= 250);
    assert.equal(new Set(hostileSamples.map(({ name }) => name)).size, hostileSamples.length);
    assert.equal(new Set(texts).size, texts.length);
    recordFigure('S1', `${texts.length} hostile samples, nothing run and nothing loaded`);
  });

  it('would be detected if any of it was executed', async () => {
    const activeHtml = [
      '<img src="https://evil.test/i.png" onerror="window.pwned=1">',
      '<a href="javascript:1">x</a>',
      '<style>a{}</style>',
      '<p style="background:url(https://evil.test/a)">x</p>',
      '<iframe></iframe>',
      '<form id="x"></form>',
      '<b onclick="1">x</b>',
    ];
    await panel.post(snapshot(turn('a', { choices: [choice('Fine')] })));
    assert.deepEqual(await panel.violations(), []);
    await log()
      .locator('.markdown')
      .evaluate((element, html) => (element.innerHTML = html), activeHtml.join(''));
    const found = (await panel.violations()).join('\n');
    for (const violation of [
      'element <IMG',
      'attribute onclick',
      'address <A',
      'element <STYLE',
      'style <P',
      'a frame',
      'element <FORM',
      'violation of script-src-attr',
      'violation of img-src',
    ]) {
      assert.ok(found.includes(violation), `${violation} in\n${found}`);
    }
  });

  /** Shows each sample in a turn of its own, so that none affects another. */
  async function assertInert(toTurn: (sample: HostileSample) => ReturnType<typeof turn>): Promise<void> {
    await panel.post(snapshot(...hostileSamples.map(toTurn)));
    await panel.page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    assert.equal(await log().locator('.turn').count(), hostileSamples.length);
    // The scripts for formulas and highlighting are being loaded.
    await panel.page.waitForLoadState('networkidle');
    assert.deepEqual(await panel.violations(), []);
  }

  it('is inert as an answer', () =>
    assertInert((sample) => turn(sample.name, { choices: [choice(sample.text)] })));

  it('is inert as an answer that is being written', () =>
    assertInert((sample) =>
      turn(sample.name, { choices: [choice(sample.text)], status: running('answering') }),
    ));

  it('is inert as a question, as reasoning, as a refusal and as an earlier answer', () =>
    assertInert(({ name, text: hostile }) => ({
      ...turn(name, { choices: [choice('', { reasoning: hostile, refusal: hostile })] }, hostile),
      earlier: [hostile],
    })));

  it('is inert as attached code, its language and its name', () =>
    assertInert(({ name, text: hostile }) => ({
      ...turn(name),
      context: { label: hostile, language: hostile, code: hostile },
    })));

  it('is inert as response details and as the message of an error', () =>
    assertInert(({ name, text: hostile }) => {
      const button = { action: 'retry', label: hostile, hint: hostile } as const;
      const errorCard = { title: hostile, explanation: hostile, buttons: [button] };
      const details = { summary: hostile, rows: [{ label: hostile, value: hostile }] };
      return turn(name, { status: { kind: 'incomplete', errorCard }, details });
    }));

  it('is inert at every moment of a stream, however it is split', async () => {
    let seq = 1;
    const streams = fc.record({
      samples: fc.shuffledSubarray(hostileSamples.slice(), { minLength: 8, maxLength: 24 }),
      between: fc.constantFrom('\n\n', '\n', ' ', ''),
      cuts: fc.array(fc.nat({ max: 400 }), { minLength: 5, maxLength: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(streams, async ({ samples, between, cuts }) => {
        const markdown = samples.map((sample) => sample.text.slice(0, 3000)).join(between);
        const id = String(seq);
        await panel.post({ type: 'snapshot', seq, turns: [turn(id, { status: running('answering') })] });
        let rest = markdown;
        const deltas: string[] = [];
        for (let cut = 0; rest !== '' && deltas.length < 30; cut++) {
          const length = 1 + (cuts[cut % cuts.length] ?? 0);
          deltas.push(rest.slice(0, length));
          rest = rest.slice(length);
        }
        for (const delta of [...deltas, rest]) await panel.post(changes(++seq, text(id, delta)));
        await panel.post(changes(++seq, { type: 'statusChanged', turnId: id, status: { kind: 'done' } }));
        assert.deepEqual(await panel.violations(), []);
      }),
      { numRuns: runs(25, 500), endOnFailure: true },
    );
  });
});
