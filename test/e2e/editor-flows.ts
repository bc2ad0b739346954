import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { TestWindow } from '../support/window';
import type { ChatPage } from './chat-page';
import { generationButton, requestCode } from './generate-at-cursor';
import { pausedAnswer } from './replies';
import { acceptProposal, proposedTab } from './refactor';
import { lastMessages, lastPrompt } from './requests';
import { vscodeChat } from './vscode-chat';

/*
 * What a user does in the editor, for each kind of window: with extensions in Node or in a web worker, and in the oldest
 * version of VS Code. Files of the workspace folder are opened from the Explorer, because not every kind can search.
 */

/** Generates code at the start of an open file, accepts it with Tab, and undoes that in one step. */
export async function generateAndUndo(workbench: TestWindow): Promise<void> {
  const { page, api } = workbench;
  const before = await workbench.editorText();
  await page.keyboard.press('ControlOrMeta+Home');
  api.script({ kind: 'answer', text: '```python\nimport cmath\n```\n' });
  await requestCode(workbench, 'Import the module for complex numbers');
  const accept = generationButton(workbench, 'Accept (Tab)');
  await accept.waitFor();
  await page.keyboard.press('Tab');
  await accept.waitFor({ state: 'detached' });
  assert.match(await workbench.editorText(), /^import cmath/);
  await page.keyboard.press('ControlOrMeta+Z');
  assert.equal(await workbench.editorText(), before);
}

/** Explains the second cell of a notebook, and inserts the code of the answer as a new cell below. */
export async function explainCellAndInsertBelow(workbench: TestWindow, chat: ChatPage): Promise<void> {
  const { page, api } = workbench;
  const cell = { cell_type: 'code', metadata: {}, outputs: [], execution_count: null };
  const notebook = ['import math', 'area = math.pi'].map((source) => ({ ...cell, source }));
  writeFileSync(
    join(workbench.folder, 'planets.ipynb'),
    JSON.stringify({ cells: notebook, metadata: {}, nbformat: 4, nbformat_minor: 5 }),
  );
  await workbench.openFromExplorer('planets.ipynb');
  const cells = page.locator('.notebook-editor .code-cell-row');
  await cells.nth(1).locator('.view-line').first().click();
  api.script({ kind: 'answer', text: 'Use it:\n\n```python\nprint(area)\n```\n' });
  await chat.askBy(() => workbench.command('o1-mini: Explain'));
  await chat.until('Done');
  await chat.questions.last().getByText('planets.ipynb, cell 2 (Python)').waitFor();
  assert.match(
    lastPrompt(api),
    /planets\.ipynb, cell 2 \(Python\)\n```python\narea = math\.pi\n```[^]*cell 1 \(Python\):\nimport math/,
  );
  await chat.answers.last().getByRole('button', { name: 'More Actions…' }).click();
  await workbench.choose('Insert as New Cell Below');
  await cells.nth(2).getByText('print(area)').waitFor();
  await workbench.closeEditors();
}

/** Fixes a problem that a language of VS Code reports, with the light bulb, and accepts the proposed change. */
export async function fixProblem(workbench: TestWindow, chat: ChatPage): Promise<void> {
  const { page, api } = workbench;
  writeFileSync(join(workbench.folder, 'broken.json'), '{ "a": 1 "b": 2 }\n');
  await workbench.openFromExplorer('broken.json');
  await page.locator('.squiggly-error').first().waitFor();
  await page.keyboard.press('F8');
  await page.locator('.peekview-widget, .marker-widget').getByText('Expected comma').first().waitFor();
  await page.keyboard.press('Escape');
  api.script({ kind: 'answer', text: '```json\n{ "a": 1, "b": 2 }\n```\n' });
  await chat.askBy(() => chooseCodeAction(workbench, 'Fix with o1-mini'));
  assert.match(lastPrompt(api), /Expected comma/);
  await acceptProposal(workbench, 'broken.json');
  assert.equal(await workbench.editorText(), '{ "a": 1, "b": 2 }\n');
  await workbench.command('File: Save All Files');
  await workbench.closeEditors();
}

/** Refactors the selected line of a file with the light bulb. The chat need not be open. */
export async function refactorByLightbulb(workbench: TestWindow): Promise<void> {
  const { api } = workbench;
  writeFileSync(join(workbench.folder, 'bulb.py'), 'a = 1\nb = 2\n');
  await workbench.openFromExplorer('bulb.py');
  await workbench.select(2, 2);
  api.script({ kind: 'answer', text: '```python\nb = 3\n```\n' });
  await chooseCodeAction(workbench, 'Refactor with o1-mini');
  await acceptProposal(workbench, 'bulb.py');
  assert.equal(await workbench.editorText(), 'a = 1\nb = 3\n');
  await workbench.closeEditors();
}

async function chooseCodeAction({ page }: TestWindow, title: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+.');
  const action = page.locator('.action-widget').getByText(title);
  // The list ignores clicks until the pointer has moved over it.
  await action.hover({ force: true });
  await action.click();
}

/** Compares the changes that an answer proposes for two files of the workspace, which its list offers. */
export async function reviewTwoFiles(workbench: TestWindow, chat: ChatPage): Promise<void> {
  const { page, api } = workbench;
  const names = ['first.py', 'second.py'];
  for (const name of names) writeFileSync(join(workbench.folder, name), 'x = 1\n');
  api.script({
    kind: 'answer',
    text: names.map((name) => `\`${name}\`\n\n\`\`\`python\nx = 2\n\`\`\`\n`).join('\n'),
  });
  await chat.ask('Change both');
  await chat.until('Done');
  await chat.answers.last().getByRole('button', { name: 'Review Changes' }).click();
  const rows = page.locator('.quick-input-list .monaco-list-row');
  await rows.filter({ hasText: 'second.py' }).waitFor();
  assert.equal(await rows.count(), names.length);
  await workbench.screenshot('review-changes');
  await page.keyboard.press('Enter');
  for (const name of names) await proposedTab(workbench, name).waitFor();
  await workbench.closeEditors();
}

/** Attaches the current file with its chip, which offers it, and sends it with a question. */
export async function askAboutCurrentFile(workbench: TestWindow, chat: ChatPage): Promise<void> {
  const { api } = workbench;
  await workbench.openFromExplorer('ring.c');
  const chip = workbench.panel().getByRole('button', { name: /^Attach current file ring\.c, \d+ tokens$/ });
  await chip.click();
  api.script({ kind: 'answer', text: 'It is a ring buffer.' });
  await chat.ask('What is it?');
  await chat.until('Done');
  assert.match(lastPrompt(api), /^What is it\?\n\nring\.c\n```c\n/);
  await workbench.closeEditors();
}

/** Waits until the chat is hidden, and the extension knows it, because it shows a menu that was opened afterwards. */
export async function untilChatHidden(workbench: TestWindow, chat: ChatPage): Promise<void> {
  await chat.box.waitFor({ state: 'hidden' });
  await statusBarItem(workbench).click();
  await workbench.page.locator('.quick-input-list').getByText('Show Usage').waitFor();
  await workbench.closeQuickInput();
}

function statusBarItem({ page }: TestWindow): Locator {
  return page.locator('.statusbar').getByRole('button', { name: /^o1-mini Chat/ });
}

/** Lets an answer end while the chat is hidden. The item in the status bar counts it until the chat is shown. */
export async function countUnseenAnswer(workbench: TestWindow, chat: ChatPage): Promise<void> {
  const { api } = workbench;
  const item = statusBarItem(workbench);
  const { reply, resume } = pausedAnswer(['One ', 'two'], 0);
  api.script(reply);
  await chat.ask('Count');
  await item.getByText('o1-mini: Answering', { exact: true }).waitFor();
  await workbench.press('hideOrShowSideBar');
  await untilChatHidden(workbench, chat);
  resume();
  await item.getByText('o1-mini: 1 new answer').waitFor();
  await item.click();
  await workbench.choose('Open Chat');
  await chat.box.waitFor();
  await item.getByText('o1-mini', { exact: true }).waitFor();
}

/** Opens a file at the line that an answer names, with a question that waited for the end of the answer before. */
export async function openFileOfQueuedAnswer(workbench: TestWindow, chat: ChatPage): Promise<void> {
  const { page, api } = workbench;
  const { reply, resume } = pausedAnswer(['Done'], 0);
  api.script(reply);
  api.script({ kind: 'answer', text: 'See `orbits.py:7`.' });
  await chat.ask('Are you done?');
  await chat.enter('Where is the limit?');
  await workbench.panel().getByRole('list', { name: 'Queued Questions' }).getByRole('listitem').waitFor();
  resume();
  await chat.answers.last().getByRole('link', { name: 'orbits.py:7' }).click();
  await page
    .locator('[id="status.editor.selection"]')
    .filter({ hasText: /^Ln 7,/ })
    .waitFor();
  await workbench.closeEditors();
}

/** Asks `@o1mini` in the Chat view of VS Code, and continues the thread in the chat of the extension. */
export async function askParticipantAndContinue(workbench: TestWindow, chat: ChatPage): Promise<void> {
  const { api } = workbench;
  const vscode = vscodeChat(workbench);
  const answer = 'A tree is a graph without cycles.';
  api.script({ kind: 'answer', text: answer });
  await vscode.ask('@o1mini What is a tree?');
  await vscode.lastAnswer.getByText(answer).waitFor();
  await workbench.screenshot('vscode-chat-answer');
  await vscode.button('Continue in o1-mini Chat').click();
  await chat.answers.last().getByText(answer).waitFor();
  assert.equal(await chat.questions.last().innerText(), 'What is a tree?');
  api.script({ kind: 'answer', text: 'One less than it has nodes.' });
  await chat.ask('How many edges has it?');
  await chat.until('Done');
  assert.deepEqual(lastMessages(api).slice(-3), ['What is a tree?', answer, 'How many edges has it?']);
}
