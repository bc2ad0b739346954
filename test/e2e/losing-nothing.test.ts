import assert from 'node:assert/strict';
import fc from 'fast-check';
import { keysOf, type BoundCommand } from '../support/key-bindings';
import { untilSaved } from './chat-files';
import { freshChat, openChat, type ChatPage } from './chat-page';
import { sharedWindow, type TestWindow } from './window';

const runs = 100;
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

describe('Whatever happens to the pages in mid-stream', () => {
  let w: TestWindow;
  let view: ChatPage;

  before(async () => {
    w = sharedWindow();
    w.api.clear();
    view = await freshChat(w);
  });
  after(async () => {
    await w.page.keyboard.press(keysOf('closeEditors'));
    await w.command('View: Reset View Locations');
    view = await openChat(w);
  });

  const press = (name: BoundCommand): Promise<void> => w.page.keyboard.press(keysOf(name));

  /** The view in sight, where it has room, with the conversation in it. */
  async function lookAtView(): Promise<void> {
    await press('viewBack');
    const drawn = w.panel().locator('[role=log]:not([aria-busy])');
    // The page that had the focus may have been dropped, and the keys with it.
    for (let tries = 0; tries < 5 && !(await drawn.isVisible()); tries++) {
      await w.page.locator('.statusbar').click({ position: { x: 400, y: 5 } });
      await press('viewBack');
      await drawn.waitFor({ timeout: 2000 }).catch(() => undefined);
    }
  }

  async function beginChat(): Promise<void> {
    await press('closeEditors');
    await press('newChat');
    await view.questions.first().waitFor({ state: 'detached' });
  }

  it(`nothing is lost: ${runs} random runs of hiding, moving, reloading, closing and opening`, async function () {
    this.timeout(600_000);
    let run = 0;
    const started = performance.now();
    const property = fc.asyncProperty(
      fc.array(operation, { minLength: 1, maxLength: 4 }),
      async (operations) => {
        if (run++ % perChat === 0) await beginChat();
        const deltas = Array.from({ length: pieces }, (_, index) => `${run}.${index} `);
        w.api.script({ kind: 'answer', text: '', deltas, thinkingMs: 0, deltaMs: 4 });
        await view.ask(`Run ${run}`);
        for (const name of operations) await press(name);
        await w.api.requests.at(-1)?.ended;
        await lookAtView();
        await view.until('Done');
        assert.equal(await textOf(view), deltas.join('').trim());
        await untilSaved(w, `Run ${run}`, deltas.join(''));
      },
    );
    await fc.assert(property, { numRuns: runs, seed, endOnFailure: true });
    console.log(`      ${((performance.now() - started) / 1000).toFixed(1)} s`);
  });
});

async function textOf(page: ChatPage): Promise<string> {
  return (await page.answers.last().locator('.markdown').innerText()).trim();
}
