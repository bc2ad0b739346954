import assert from 'node:assert/strict';
import type { ToWebviewMessage } from '../../../src/protocol/messages';
import { renderedFrom, type Rendered } from '../../support/rendered';
import { examplesIn, expectedOf } from '../../support/markdown-examples';
import type { PanelWindow } from '../../support/panel-page';
import { usePanel } from '../../support/use-panel';
import { changes, choice, running, snapshot, text, turn } from './views';

const DELTA_LENGTH = 7;

/** The messages for a complete answer, and for the same answer while it streams. */
function messagesOf(markdown: string): readonly (readonly ToWebviewMessage[])[] {
  const deltas = markdown.match(new RegExp(`[^]{1,${DELTA_LENGTH}}`, 'g')) ?? [];
  return [
    [snapshot(turn('whole', { choices: [choice(markdown)] }))],
    [
      snapshot(turn('streamed', { status: running('answering') })),
      ...deltas.map((delta, at) => changes(at + 2, text('streamed', delta))),
      changes(deltas.length + 2, { type: 'statusChanged', turnId: 'streamed', status: { kind: 'done' } }),
    ],
  ];
}

describe('The examples of Markdown specifications, in the panel', () => {
  const panel = usePanel();

  /** Posts each list of messages, and returns what is rendered after each. */
  async function renderedAfter(
    lists: readonly (readonly ToWebviewMessage[])[],
  ): Promise<readonly Rendered[][]> {
    const htmls = await panel.page.evaluate(async (all) => {
      const drawn: string[] = [];
      for (const messages of all) {
        for (const message of messages) await (window as unknown as PanelWindow).postToPanel(message);
        // Turns are rendered in slices, and an answer when it approaches the viewport.
        while (
          document.querySelector('[role=log][aria-busy], .markdown[aria-busy], .markdown-source') ||
          !document.querySelector('.markdown *')
        ) {
          await new Promise((resolve) => setTimeout(resolve));
        }
        const answer = document.querySelector('.markdown')?.cloneNode(true) as Element;
        for (const formula of answer.querySelectorAll<HTMLElement>('.formula')) {
          formula.className = 'formula';
          formula.textContent = formula.dataset['source'] ?? formula.textContent;
        }
        for (const block of answer.querySelectorAll('.code-block')) {
          block.className = 'code-block';
          block.replaceChildren(block.querySelector('code')?.textContent ?? '');
        }
        // A name in code is not a link until the host has found a symbol of that name.
        for (const code of answer.querySelectorAll('code[data-file]:not([role])'))
          code.removeAttribute('data-file');
        // These elements only group parts of an answer.
        for (const part of answer.querySelectorAll('div:not(.code-block)'))
          part.replaceWith(...part.childNodes);
        drawn.push(answer.innerHTML.replaceAll('&nbsp;', '\u00a0'));
      }
      return drawn;
    }, lists);
    return htmls.map((html) => [...renderedFrom(html)]);
  }

  for (const file of ['gfm.jsonl', 'formulas.jsonl']) {
    it(`are rendered as expected, at once and streamed: ${file}`, async () => {
      const examples = examplesIn(file).filter((example) => expectedOf(example).length > 0);
      for (let at = 0; at < examples.length; at += 50) {
        const batch = examples.slice(at, at + 50);
        const drawn = await renderedAfter(batch.flatMap(({ markdown }) => messagesOf(markdown)));
        for (const [index, example] of batch.entries()) {
          const expected = expectedOf(example);
          assert.deepEqual(drawn[2 * index], expected, `${example.example}, at once\n${example.markdown}`);
          assert.deepEqual(
            drawn[2 * index + 1],
            expected,
            `${example.example}, streamed\n${example.markdown}`,
          );
        }
      }
    });
  }

  it('keep host names in other alphabets in ASCII, and lead to them', async () => {
    const answer = '<https://xn--pple-43d.com/> and https://bücher.example/ä';
    await panel.post(snapshot(turn('a', { choices: [choice(answer)] })));
    const links = await panel.page
      .locator('.markdown a')
      .evaluateAll((all) => all.map((link) => [link.textContent, link.getAttribute('href')]));
    assert.deepEqual(links, [
      ['https://xn--pple-43d.com/', 'https://xn--pple-43d.com/'],
      ['https://bücher.example/ä', 'https://xn--bcher-kva.example/%C3%A4'],
    ]);
  });
});
