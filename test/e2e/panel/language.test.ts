import assert from 'node:assert/strict';
import type { ToWebviewMessage } from '../../../src/protocol/messages';
import { useBrowser } from '../../support/use-panel';
import { openPanel, type PanelPage } from '../../support/panel-page';
import { readTranslations, translationFiles } from '../../support/translations';
import { screens, type Screen } from './screens';
import { choice, running, snapshot, turn } from './views';

/** Translations in brackets, which reveal text that is not in the bundle. The language is Greek, as are dates and numbers. */
const bracketed = Object.fromEntries(
  Object.keys(readTranslations(translationFiles.sources.en)).map((key) => [
    key,
    `⟦${key.replace(/\/.*$/s, '')}⟧`,
  ]),
);
/** Names that are not translated, and error messages of KaTeX, which has only English ones. */
const untranslatedNames = /\bo1-mini\b|(?<=^|[^a-z])Undefined control sequence(?=:)/g;
/** Properties of messages that are not shown to the user. */
const hiddenProperties = /^(?:type|kind|phase|action|level|id|turnId|seq)$/;

describe('The panel in another language', () => {
  const browser = useBrowser();
  let panel: PanelPage;

  afterEach(() => panel.close());

  for (const [name, { messages, act }] of Object.entries<Screen>(screens)) {
    it(`shows no text without a translation: ${name}`, async () => {
      panel = await openPanel(browser, { language: { name: 'el', translations: bracketed } });
      await panel.post(...messages.map((message) => inGreek(message) as ToWebviewMessage));
      await act?.(panel);
      const untranslated = (await panel.page.evaluate(textsOnPage)).filter((text) => isUntranslated(text));
      assert.deepEqual(untranslated, []);
    });
  }

  it('is German in a German window, including numbers', async () => {
    panel = await openPanel(browser, {
      language: { name: 'de', translations: readTranslations(translationFiles.sources.de) },
    });
    await panel.post(snapshot(), { type: 'selection', selection: { label: 'a.ts:1-1234', lineCount: 1234 } });
    const { page } = panel;
    await page.getByRole('textbox', { name: 'o1-mini fragen' }).fill('Warum?');
    await page.getByRole('button', { name: 'a.ts:1-1234 anfügen, 1.234 Zeilen' }).click();
    await page.getByRole('button', { name: 'Senden' }).click();
    await panel.post(snapshot(turn('a', { status: running('thinking', { elapsed: 1_234_000 }) })));
    assert.match(await page.getByRole('status', { name: 'Anforderung' }).innerText(), /^Denkt nach 1\.234 s/);
    await page.getByRole('button', { name: 'Anhalten' }).waitFor();
    await panel.post(snapshot(turn('a', { choices: [choice('```\nx\n```')] })));
    await page.getByRole('button', { name: 'An Cursorposition einfügen' }).waitFor();
    await page.getByRole('button', { name: 'Neu generieren' }).waitFor();
    assert.equal(await page.getByRole('article', { name: 'Sie' }).count(), 1);
    await panel.screenshot('german');
  });
});

/** Replaces the letters of all data that is shown by Greek ones, to distinguish data from the texts of the panel. */
function inGreek(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/[a-z]/gi, greek);
  if (Array.isArray(value)) return value.map(inGreek);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key,
      hiddenProperties.test(key) ? (child as unknown) : inGreek(child),
    ]),
  );
}

function greek(letter: string): string {
  return String.fromCharCode(0x3b1 + ((letter.toLowerCase().charCodeAt(0) - 97) % 17));
}

/** Whether the text has words that are neither in brackets nor data. */
function isUntranslated(text: string): boolean {
  let rest = text.replace(untranslatedNames, '');
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replace(/⟦[^⟦⟧]*⟧/g, '');
  }
  return /[a-z]{2}/i.test(rest);
}

/** All texts that are visible or announced, except those that KaTeX renders. */
function textsOnPage(): readonly string[] {
  const found: string[] = [];
  for (const element of document.body.querySelectorAll('*')) {
    if (element.closest('script, .katex')) continue;
    for (const name of ['aria-label', 'title', 'placeholder', 'aria-description', 'alt', 'aria-valuetext']) {
      const value = element.getAttribute(name);
      if (value !== null) found.push(value);
    }
    const textNodes = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
    found.push(textNodes.map(({ nodeValue }) => nodeValue).join(''));
  }
  return found;
}
