import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestWindow } from './window';

const file = 'orbits.py';
const question = 'Write a function in Python that finds a root by bisection.';

type Step = <Result>(what: string, action: () => Promise<Result>) => Promise<Result>;

/** What the extension is for: explain what is selected, ask for code, put it at the cursor. */
export async function mainJob(window: TestWindow, tell: (line: string) => void): Promise<void> {
  const step = steps(tell);
  const panel = window.panel();
  const done = panel.getByRole('status', { name: 'Request' }).filter({ hasText: /^\s*Done/ });
  const answers = panel.getByRole('log', { name: 'Conversation' }).getByRole('article', { name: 'o1-mini' });

  await step(`Select a function of ${file}`, async () => {
    await window.openFile(file);
    const lines = readFileSync(join(window.folder, file), 'utf8').split('\n');
    const line = (text: string): number => lines.findIndex((candidate) => candidate.includes(text)) + 1;
    await window.select(line('def solve_kepler'), line('no convergence'));
  });
  await step('Run "o1-mini: Explain Selection" and wait for the answer', async () => {
    await window.command('o1-mini: Explain Selection');
    await answers.first().waitFor();
    await done.waitFor();
  });
  await step(`Ask "${question}"`, async () => {
    await panel.getByRole('textbox', { name: 'Ask o1-mini' }).fill(question);
    await panel.getByRole('button', { name: 'Send', exact: true }).click();
  });
  const code = await step('Wait for an answer with code', async () => {
    const answer = answers.nth(1);
    await answer.getByRole('toolbar', { name: 'Code actions' }).first().waitFor();
    await done.waitFor();
    return answer.locator('pre code').first().innerText();
  });
  const before = await window.editorText();
  await step('Click "Insert at Cursor" with the cursor at the end of the file', async () => {
    await window.page.keyboard.press('ControlOrMeta+End');
    await answers.nth(1).getByRole('button', { name: 'Insert at Cursor' }).first().click();
    await window.page.locator('.tab.active.dirty').waitFor();
    await window.page.locator('.monaco-editor.focused').waitFor();
  });
  await step(`Find the code in ${file}, and nothing else changed`, async () => {
    const text = await window.editorText();
    const expected = before + code;
    if (text.trimEnd() !== expected.trimEnd())
      throw new Error(`The editor has\n${text}\nbut not\n${expected}`);
  });
  tell(`Picture: ${await window.screenshot('demo')}`);
}

function steps(tell: (line: string) => void): Step {
  return async (what, action) => {
    try {
      const result = await action();
      tell(`${what}: done`);
      return result;
    } catch (cause) {
      throw new Error(`${what}: failed`, { cause });
    }
  };
}
