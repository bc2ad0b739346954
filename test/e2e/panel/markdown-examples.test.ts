import assert from 'node:assert/strict';
import type { ToWebviewMessage } from '../../../src/protocol/messages';
import { drawnFrom, type Drawn } from '../../support/drawn';
import { examplesIn, expectedOf } from '../../support/markdown-examples';
import type { PanelWindow } from '../../support/panel-page';
import { usePanel } from '../../support/use-panel';
import { changes, choice, running, snapshot, text, turn } from './views';

const pieceLength = 7;

/** The messages of one answer that is there, and of the same one while it streams. */
function waysOf(markdown: string): readonly (readonly ToWebviewMessage[])[] {
  const pieces = markdown.match(new RegExp(`[^]{1,${pieceLength}}`, 'g')) ?? [];
  return [
    [snapshot(turn('whole', { choices: [choice(markdown)] }))],
    [
      snapshot(turn('streamed', { status: running('answering') })),
      ...pieces.map((piece, at) => changes(at + 2, text('streamed', piece))),
      changes(pieces.length + 2, { type: 'statusChanged', turnId: 'streamed', status: { kind: 'done' } }),
    ],
  ];
}

describe('The examples of Markdown specifications, in the panel', () => {
  const panel = usePanel();

  /** What is on the page after each list of messages. */
  async function drawnAfter(lists: readonly (readonly ToWebviewMessage[])[]): Promise<readonly Drawn[][]> {
    const htmls = await panel.page.evaluate(async (all) => {
      const drawn: string[] = [];
      for (const messages of all) {
        for (const message of messages) await (window as unknown as PanelWindow).postToPanel(message);
        // The first turns are drawn in slices, and a whole answer when it comes near to what is seen.
        while (
          document.querySelector('[role=log][aria-busy], .markdown-source') ||
          !document.querySelector('.markdown *')
        ) {
          await new Promise((resolve) => setTimeout(resolve));
        }
        const answer = document.querySelector('.markdown')?.cloneNode(true) as Element;
        for (const place of answer.querySelectorAll<HTMLElement>('.formula')) {
          place.className = 'formula';
          place.textContent = place.dataset['source'] ?? place.textContent;
        }
        for (const block of answer.querySelectorAll('.code-block')) {
          block.className = 'code-block';
          block.replaceChildren(block.querySelector('code')?.textContent ?? '');
        }
        // These only hold parts of an answer.
        for (const part of answer.querySelectorAll('div:not(.code-block)'))
          part.replaceWith(...part.childNodes);
        drawn.push(answer.innerHTML.replaceAll('&nbsp;', '\u00a0'));
      }
      return drawn;
    }, lists);
    return htmls.map((html) => [...drawnFrom(html)]);
  }

  for (const file of ['gfm.jsonl', 'formulas.jsonl']) {
    it(`are rendered as expected, at once and streamed: ${file}`, async () => {
      const examples = examplesIn(file).filter((example) => expectedOf(example).length > 0);
      for (let at = 0; at < examples.length; at += 50) {
        const some = examples.slice(at, at + 50);
        const drawn = await drawnAfter(some.flatMap(({ markdown }) => waysOf(markdown)));
        for (const [index, example] of some.entries()) {
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
