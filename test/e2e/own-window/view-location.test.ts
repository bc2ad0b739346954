import assert from 'node:assert/strict';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRepository } from '../../support/paths';
import { scratchFolder } from '../../support/scratch-folder';
import { openWindow, type TestWindow } from '../../support/window';
import { openChat } from '../chat-page';

interface Manifest {
  readonly contributes: {
    readonly viewsContainers: Readonly<Record<string, readonly object[]>>;
  };
}

/** The extension with a manifest of its own. */
const source = scratchFolder();
const manifest = JSON.parse(readFileSync(inRepository('package.json'), 'utf8')) as Manifest;
const manifests = {
  /** Version 0.1.0 contributed the view to the activity bar. */
  earlier: {
    ...manifest,
    contributes: {
      ...manifest.contributes,
      viewsContainers: { activitybar: manifest.contributes.viewsContainers.secondarySidebar },
    },
  },
  current: manifest,
};

function install(version: keyof typeof manifests): void {
  writeFileSync(join(source, 'package.json'), JSON.stringify(manifests[version]));
}

describe('The place of the view', () => {
  let workbench: TestWindow;
  const names = ['dist', 'media', 'l10n', 'package.nls.json'];

  before('open a window with the earlier version', async () => {
    for (const name of names) symlinkSync(inRepository(name), join(source, name));
    install('earlier');
    workbench = await openWindow({ source });
  });
  after(() => workbench.close());

  /** Restarts the window, as VS Code does after an update. */
  async function restartWith(version: keyof typeof manifests): Promise<void> {
    install(version);
    await workbench.reloadByCommand();
  }

  /** Opens the view, and checks that it is in this part of the window. */
  async function openIn(part: 'sidebar' | 'auxiliarybar' | 'panel'): Promise<void> {
    await openChat(workbench);
    const frame = workbench.page.locator('iframe.webview[src*="extensionId=o1mini.o1-mini-chat"]');
    assert.ok(await frame.evaluate(isAbove, `.part.${part}`), `The view is not in the ${part}.`);
  }

  it('becomes the secondary side bar with the update, beside the code, if the user has not moved it', async () => {
    await openIn('sidebar');
    await restartWith('current');
    await openIn('auxiliarybar');
    await workbench.screenshot('view-location-default');
  });

  it('is kept over the update if the user has moved it', async () => {
    await restartWith('earlier');
    await workbench.page
      .locator('.activitybar')
      .getByRole('tab', { name: 'o1-mini Chat' })
      .click({ button: 'right' });
    await workbench.chooseInMenu('Move To');
    await workbench.chooseInMenu('Panel');
    const { page } = workbench;
    await page.locator('.part.panel').getByText('o1-mini Chat', { exact: true }).first().waitFor();
    await restartWith('current');
    await openIn('panel');
    await workbench.screenshot('view-location-moved');
  });
});

/** Runs in the window: a webview is drawn above the part to which it belongs, and not inside of it. */
function isAbove(frame: Element, part: string): boolean {
  const box = frame.getBoundingClientRect();
  const place = document.querySelector(part)?.getBoundingClientRect();
  if (!place) return false;
  return (
    box.left >= place.left && box.right <= place.right && box.top >= place.top && box.bottom <= place.bottom
  );
}
