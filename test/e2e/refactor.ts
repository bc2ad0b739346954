import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { TestWindow } from '../support/window';

/** Refactors line 7 of the sample `orbits.py`, which is open, and accepts the comparison that the answer opens. */
export async function refactorAndAccept(workbench: TestWindow): Promise<void> {
  workbench.api.script({ kind: 'answer', text: '```python\nMAX_STEPS = 99\n```' });
  await workbench.select(7, 7);
  await workbench.command('o1-mini: Refactor');
  await acceptProposal(workbench, 'orbits.py');
  await workbench.page.locator('.view-line', { hasText: 'MAX_STEPS = 99' }).waitFor();
  assert.match(await workbench.editorText(), /^TOLERANCE = 1e-12\nMAX_STEPS = 99$/m);
}

/** Accepts the change of a file in its comparison, which is open or opens soon. */
export async function acceptProposal(workbench: TestWindow, name: string): Promise<void> {
  const proposed = proposedTab(workbench, name);
  await proposed.waitFor();
  await workbench.page.locator('.part.editor').getByRole('button', { name: 'Accept All' }).first().click();
  await proposed.waitFor({ state: 'detached' });
}

/** The tab of the comparison of a file. */
export function proposedTab({ page }: TestWindow, name: string): Locator {
  return page.locator('.tab').filter({ hasText: `${name}: Proposed (` });
}
