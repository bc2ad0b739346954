import { openWindow, type TestWindow } from '../support/window';

export { openWindow, type TestWindow, type Theme, type WindowOptions } from '../support/window';

let shared: TestWindow | undefined;

/** The one window that the suites share, since opening it takes seconds. */
export function sharedWindow(): TestWindow {
  if (!shared)
    throw new Error('The window opens before the first test: call sharedWindow() inside a test or a hook.');
  return shared;
}

before('open the window', async () => {
  shared = await openWindow();
});

afterEach('keep a picture of a failure', async function () {
  const test = this.currentTest;
  // One that will be tried again has no state yet.
  if (!test || test.state === 'passed') return;
  const name = test.fullTitle().replace(/[^\w-]+/g, '-');
  await shared?.screenshot(`failed/${name}`);
  // A dialog that was left open would fail the next test too.
  await shared?.page.keyboard.press('Escape');
});

after('close the window', () => shared?.close());
