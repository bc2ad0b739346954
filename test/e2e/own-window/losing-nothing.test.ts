import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Frame } from 'playwright-core';
import { setTimeout as wait } from 'node:timers/promises';
import type { BoundCommand } from '../../support/key-bindings';
import { untilSaved } from '../chat-files';
import { chatPage, openChat } from '../chat-page';
import { recordFigure, runs } from '../../support/promises';
import { openWindow, type TestWindow } from '../../support/window';

const count = runs(40, 100);
/** After so many, a new chat is begun. */
const perChat = 10;
const pieces = 60;
const seed = 20_261_123;

const operation = fc.constantFrom<BoundCommand>(
  'hideOrShowSideBar',
  'showExplorer',
  'focusView',
  'viewToExplorer',
  'viewToPanel',
  'viewBack',
  'openTab',
  'coverTab',
  'tabToNextGroup',
  'closeEditor',
  'reloadPages',
);

describe('R7 Whatever happens to the pages in mid-stream', () => {
  let workbench: TestWindow;

  // A window of its own: what is left of the places afterwards is nothing that another test could begin with.
  before(async () => {
    workbench = await openWindow();
    await openChat(workbench);
  });
  after(() => workbench.close());

  /** The page that has the focus may be about to go, and the keys with it. */
  async function pressOutside(name: BoundCommand): Promise<void> {
    await workbench.page.locator('.statusbar').click({ position: { x: 400, y: 5 } });
    await workbench.press(name);
  }

  /** The page of the view that has come to this, looked for anew while the page is another. */
  async function viewOnce(has: (seen: Seen) => boolean): Promise<Seen & { readonly frame: Frame }> {
    const deadline = performance.now() + 120_000;
    for (let first = true; ; first = false) {
      // Where it stands at its place already, bringing it back would only take time.
      if (!first) await pressOutside('viewBack');
      const again = performance.now() + (first ? 400 : 5000);
      while (performance.now() < again) {
        for (const frame of workbench.page.frames().filter(isPage)) {
          const seen = await Promise.race([frame.evaluate(look).catch(() => undefined), wait(500)]);
          if (seen && has(seen)) return { ...seen, frame };
        }
        await wait(40);
      }
      assert.ok(performance.now() < deadline, 'the view has not come back');
    }
  }

  async function ask(question: string): Promise<void> {
    for (;;) {
      const { frame, question: last } = await viewOnce(({ drawn }) => drawn);
      if (last === question) return;
      const chat = chatPage(frame);
      // A page that goes away takes the press of Enter with it; the words stay, to be sent from the next one.
      await chat.enter(question).catch(() => undefined);
      const shown = chat.questions.last().getByText(question, { exact: true });
      await shown.waitFor({ timeout: 5000 }).catch(() => undefined);
    }
  }

  async function beginChat(): Promise<void> {
    await pressOutside('closeEditors');
    await pressOutside('newChat');
    await viewOnce(({ drawn, question }) => drawn && question === '');
  }

  it(`nothing is lost: ${count} random runs of hiding, moving, reloading, closing and opening`, async function () {
    this.timeout(900_000);
    let run = 0;
    const property = fc.asyncProperty(
      fc.array(operation, { minLength: 1, maxLength: 4 }),
      async (operations) => {
        if (run++ % perChat === 0) await beginChat();
        const deltas = Array.from({ length: pieces }, (_, index) => `${run}.${index} `);
        workbench.api.script({ kind: 'answer', text: '', deltas, thinkingMs: 0, deltaMs: 4 });
        await ask(`Run ${run}`);
        for (const name of operations) await workbench.press(name);
        const { text } = await viewOnce(({ question, done }) => done && question === `Run ${run}`);
        assert.equal(text.trim(), deltas.join('').trim());
        await untilSaved(workbench, `Run ${run}`, deltas.join(''));
      },
    );
    await fc.assert(property, { numRuns: count, seed, endOnFailure: true });
    recordFigure('R7', `${count} random runs, 0 characters lost`);
  });
});

/** What a page shows. */
interface Seen {
  readonly drawn: boolean;
  /** The last one; empty where there is none. */
  readonly question: string;
  readonly text: string;
  readonly done: boolean;
}

/** Whether the frame is the innermost of a webview. */
function isPage(frame: Frame): boolean {
  return frame.url().includes('/fake.html');
}

/** Undefined in any other frame: the view stands at the left, where it has been brought back to. */
function look(): Seen | undefined {
  const left = parent.frameElement?.getBoundingClientRect().left ?? 0;
  if (!document.querySelector('[role=log]') || left > 100) return undefined;
  const last = [...document.querySelectorAll('.turn')].at(-1);
  return {
    drawn: document.querySelector('[role=log]:not([aria-busy])') !== null,
    question: last?.querySelector('article[aria-label=You] p')?.textContent ?? '',
    text: last?.querySelector<HTMLElement>('.markdown')?.innerText ?? '',
    // What was put off until there is time is drawn when nothing is busy.
    done:
      document.querySelector('[role=status]')?.textContent.startsWith('Done') === true &&
      last?.querySelector('[aria-busy]') === null,
  };
}
