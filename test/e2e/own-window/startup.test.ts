import { openWindow, type TestWindow } from '../../support/window';
import { refactorByLightbulb } from '../editor-flows';

describe('A window in which the extension was not used yet', () => {
  let workbench: TestWindow;

  before('open a window', async () => {
    workbench = await openWindow();
  });
  after('close the window', () => workbench.close());

  it('shows the model in the status bar', async () => {
    const item = workbench.page
      .locator('.statusbar')
      .getByRole('button', { name: 'o1-mini Chat: Idle, Model: o1-mini' });
    await item.getByText('o1-mini', { exact: true }).waitFor();
  });

  it('offers the light bulb on a selection, and compares the answer', () => refactorByLightbulb(workbench));
});
