import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lateBound } from '../../support/late-bound';
import { askParticipantAndContinue } from '../editor-flows';
import { lastMessages } from '../requests';
import { chatSettings, vscodeChat, type VscodeChat } from '../vscode-chat';
import { useOwnWindow } from './own-window';

describe("VS Code's Chat, without any account,", () => {
  const { workbench, chat } = useOwnWindow(() => ({ settings: chatSettings }));
  let opened: VscodeChat | undefined;
  const vscode = lateBound('Chat view', () => opened);

  before(async () => {
    opened = vscodeChat(workbench);
    await vscode.addModels();
  });
  beforeEach(async () => {
    workbench.api.clear();
    await vscode.openThread();
  });

  it('offers the model of the settings in its model picker, with the service', async () => {
    await vscode.modelPicker.click();
    const models = workbench.page.locator('.action-widget');
    await models.getByText('o1-mini', { exact: true }).first().waitFor();
    await models.getByText(new URL(workbench.api.origin).host).first().waitFor();
    await workbench.screenshot('vscode-chat-models');
    await workbench.page.keyboard.press('Escape');
  });

  it('shows the answer of @o1mini, and continues the thread in the chat of the extension', () =>
    askParticipantAndContinue(workbench, chat));

  it('sends the selected code with a command of @o1mini', async () => {
    workbench.api.script({ kind: 'answer', text: 'It returns r.' });
    writeFileSync(join(workbench.folder, 'selected.py'), 'a = 1\ndef f(r):\n    return r\n');
    await workbench.openFile('selected.py');
    await workbench.select(2, 3);
    await vscode.openThread();
    await vscode.ask('@o1mini /explain');
    await vscode.lastAnswer.getByText('It returns r.').waitFor();
    assert.match(lastMessages(workbench.api)[0] ?? '', /def f\(r\):\n {4}return r/);
    await workbench.closeEditors();
  });

  for (const [command, followup] of [
    // The accessible name of a follow-up is its question, and not its label.
    ['fix', 'Use the code of this conversation.'],
    ['tests', 'Which cases do these tests not cover?'],
    ['math', 'Give a numerical example.'],
  ] as const) {
    it(`answers /${command}, and a follow-up of the answer asks the next question`, async () => {
      writeFileSync(join(workbench.folder, 'selected.py'), 'def g(r):\n    return r\n');
      await workbench.openFile('selected.py');
      await workbench.select(1, 2);
      await vscode.openThread();
      workbench.api.script({ kind: 'answer', text: `The answer to ${command}.` });
      await vscode.ask(`@o1mini /${command} Consider zero.`);
      await vscode.lastAnswer.getByText(`The answer to ${command}.`).waitFor();
      assert.match(lastMessages(workbench.api).at(-1) ?? '', /Consider zero\./);
      workbench.api.script({ kind: 'answer', text: 'The next answer.' });
      await vscode.button(followup).click();
      await vscode.lastAnswer.getByText('The next answer.').waitFor();
      assert.ok(lastMessages(workbench.api).some((text) => text.includes(`The answer to ${command}.`)));
      await workbench.closeEditors();
    });
  }

  it('stops @o1mini in the thinking with its Cancel button, and shows no answer', async () => {
    workbench.api.script({ kind: 'answer', text: 'Too late', thinkingMs: 600_000 });
    await vscode.ask('@o1mini What is a tree?');
    await vscode.lastAnswer.getByText('Thinking…').waitFor();
    await vscode.button(/^Cancel/).click();
    assert.equal(await workbench.api.requests[0]?.ended, 'closedEarly');
    await vscode.button(/^Send/).waitFor();
    assert.doesNotMatch(await vscode.messages.innerText(), /Too late/);
    assert.equal(await vscode.messages.locator('.codicon-error').count(), 0);
  });
});
