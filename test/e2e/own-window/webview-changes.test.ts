import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Frame } from 'playwright-core';
import { setTimeout as wait } from 'node:timers/promises';
import type { BoundCommand } from '../../support/key-bindings';
import { untilSaved } from '../chat-files';
import { chatPage } from '../chat-page';
import { recordFigure, runs } from '../../support/promises';
import { useOwnWindow } from './own-window';

const count = runs(40, 100);
/** Runs after which a new chat is started. */
const RUNS_PER_CHAT = 10;
const DELTAS = 60;
const seed = 20_261_123;

const operation = fc.constantFrom<BoundCommand>(
  'hideOrShowSideBar',
  'showSearch',
  'focusView',
  'viewToExplorer',
  'viewToPanel',
  'viewBack',
  'openTab',
  'coverTab',
  'tabToNextGroup',
  'closeEditor',
  'reloadWebviews',
);

describe('R7 Whatever happens to the webviews during an answer,', () => {
  // The views are at other places afterwards, so the suite needs a window of its own.
  const { workbench } = useOwnWindow();

  /** Presses keys in the workbench, because a webview with the focus may be closed before it forwards them. */
  async function pressOutside(name: BoundCommand): Promise<void> {
    await workbench.page.locator('.statusbar').click({ position: { x: 400, y: 5 } });
    await workbench.press(name);
  }

  /** Waits until the webview of the view has this state, and searches its frame again after each change. */
  async function waitForView(
    matches: (state: ViewState) => boolean,
  ): Promise<ViewState & { readonly frame: Frame }> {
    const deadline = performance.now() + 120_000;
    for (let first = true; ; first = false) {
      // At first, the view may already be at its place, and moving it back would only take time.
      if (!first) await pressOutside('viewBack');
      const retryAt = performance.now() + (first ? 400 : 5000);
      while (performance.now() < retryAt) {
        for (const frame of workbench.page.frames().filter(isWebviewFrame)) {
          const state = await Promise.race([stateOf(frame).catch(() => undefined), wait(500)]);
          if (state && matches(state)) return { ...state, frame };
        }
        await wait(40);
      }
      assert.ok(performance.now() < deadline, 'the view has not returned');
    }
  }

  async function ask(question: string): Promise<void> {
    for (;;) {
      const { frame, question: last } = await waitForView(({ rendered }) => rendered);
      if (last === question) return;
      const chat = chatPage(frame);
      // If the webview is closed meanwhile, Enter is lost, but the draft can be sent from the next webview.
      await chat.enter(question).catch(() => undefined);
      const shown = chat.questions.last().getByText(question, { exact: true });
      await shown.waitFor({ timeout: 5000 }).catch(() => undefined);
    }
  }

  async function startChat(): Promise<void> {
    await pressOutside('closeEditors');
    await pressOutside('newChat');
    await waitForView(({ rendered, question }) => rendered && question === '');
  }

  it(`no text is lost in ${count} random runs of hiding, moving, reloading, closing and opening`, async function () {
    this.timeout(900_000);
    let run = 0;
    const property = fc.asyncProperty(
      fc.array(operation, { minLength: 1, maxLength: 4 }),
      async (operations) => {
        if (run++ % RUNS_PER_CHAT === 0) await startChat();
        const deltas = Array.from({ length: DELTAS }, (_, index) => `${run}.${index} `);
        workbench.api.script({ kind: 'answer', text: '', deltas, thinkingMs: 0, deltaMs: 4 });
        await ask(`Run ${run}`);
        for (const name of operations) await workbench.press(name);
        const { text } = await waitForView(({ question, done }) => done && question === `Run ${run}`);
        assert.equal(text.trim(), deltas.join('').trim());
        await untilSaved(workbench, `Run ${run}`, deltas.join(''));
      },
    );
    await fc.assert(property, { numRuns: count, seed, endOnFailure: true });
    recordFigure('R7', `${count} random runs, 0 characters lost`);
  });
});

/** The content of a webview. */
interface ViewState {
  readonly rendered: boolean;
  /** The last question, or an empty string. */
  readonly question: string;
  readonly text: string;
  readonly done: boolean;
}

/** Whether the frame is the innermost of a webview. */
function isWebviewFrame(frame: Frame): boolean {
  return frame.url().includes('/fake.html');
}

/** The state of the webview; undefined unless it is in the secondary side bar, on the right. */
async function stateOf(frame: Frame): Promise<ViewState | undefined> {
  const box = await (await frame.parentFrame()?.frameElement())?.boundingBox();
  return box && box.x > 700 ? frame.evaluate(readView) : undefined;
}

/** Runs in the frame: undefined unless it shows a chat. */
function readView(): ViewState | undefined {
  if (!document.querySelector('[role=log]')) return undefined;
  const last = [...document.querySelectorAll('.turn')].at(-1);
  return {
    rendered: document.querySelector('[role=log]:not([aria-busy])') !== null,
    question: last?.querySelector('article[aria-label=You] p')?.textContent ?? '',
    text: last?.querySelector<HTMLElement>('.markdown')?.innerText ?? '',
    // Deferred parts are rendered when nothing is busy.
    done:
      document.querySelector('[role=status][aria-label=Request]')?.textContent.startsWith('Done') === true &&
      last?.querySelector('[aria-busy]') === null,
  };
}
