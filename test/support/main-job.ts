import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestWindow } from './window';

const file = 'orbits.py';
const question = 'Write a function in Python that finds a root by bisection.';

type Step = <Result>(description: string, action: () => Promise<Result>) => Promise<Result>;

/** Performs the main task of the extension: explains a selection, asks for code, and inserts it at the cursor. */
export async function mainJob(window: TestWindow, print: (line: string) => void): Promise<void> {
  const step = steps(print);
  const panel = window.panel();
  const done = panel.getByRole('status', { name: 'Request' }).filter({ hasText: /^\s*Done/ });
  const answers = panel.getByRole('log', { name: 'Conversation' }).getByRole('article', { name: 'o1-mini' });

  await step(`Select a function of ${file}`, async () => {
    await window.openFile(file);
    const lines = readFileSync(join(window.folder, file), 'utf8').split('\n');
    const line = (text: string): number => lines.findIndex((candidate) => candidate.includes(text)) + 1;
    await window.select(line('def solve_kepler'), line('no convergence'));
  });
  await step('Run "o1-mini: Explain" and wait for the answer', async () => {
    await window.command('o1-mini: Explain');
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
  await step(`Check that the code is in ${file} and nothing else has changed`, async () => {
    const text = await window.editorText();
    const expected = before + code;
    if (text.trimEnd() !== expected.trimEnd())
      throw new Error(`The editor contains\n${text}\ninstead of\n${expected}`);
  });
  print(`Screenshot: ${await window.screenshot('demo')}`);
}

function steps(print: (line: string) => void): Step {
  return async (description, action) => {
    try {
      const result = await action();
      print(`${description}: done`);
      return result;
    } catch (cause) {
      throw new Error(`${description}: failed`, { cause });
    }
  };
}
