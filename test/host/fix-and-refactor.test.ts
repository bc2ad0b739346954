import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { emptyConversation, type Question } from '../../src/core/chat/conversation';
import {
  createCommandActions,
  type CommandActions,
  type CommandActionServices,
} from '../../src/host/commands/command-actions';
import { attachedCodeOf } from '../../src/host/editor/tracked-code/attached-code';
import { pausedAnswer } from '../e2e/replies';
import { apiKeyStore } from './api-key-store';
import { createChatServiceContext, nextEnd } from './chat-service-test-context';
import { messagesDuring, withDialogs, type ShownMessage } from './dialogs';
import { comparisons, openDiffs } from './open-comparisons';
import { createProposalContext, twoFunctions } from './proposal-test-context';

const after = twoFunctions.replace('return 2', 'return 22');
const answer = '```python\ndef two():\n    return 22\n```\n';

describe('The change that an answer to Fix or Refactor proposes', () => {
  const context = createChatServiceContext();
  const files = createProposalContext('fixed');
  let commandActions: CommandActions;
  let asked: Question;

  async function ask(question: Question): Promise<void> {
    asked = question;
    for (const attachedCode of attachedCodeOf(question, (text) => text))
      files.codeTracker.track(attachedCode);
    const ended = nextEnd(context.session);
    await context.chatService.sendRequest(question);
    await ended;
  }

  function start(editor: vscode.TextEditor): void {
    commandActions = createCommandActions({
      // The services that only other commands use are left out.
      ...({} as CommandActionServices),
      editor: { current: editor },
      attachments: { add: () => undefined },
      ask,
      compose: () => Promise.resolve(),
      sessions: context.sessions,
      keys: apiKeyStore(),
      spending: context.spending,
      restoreSecrets: (text) => text,
      log: context.log,
      loadCodeBlockActions: () => Promise.resolve(files.actions),
    });
  }

  /** Asks for a change of the second function in a file, and changes the file before the answer arrives. */
  async function fix(name: string, meanwhile: () => Thenable<unknown>): Promise<readonly ShownMessage[]> {
    start(await files.open(name));
    const { reply, resume } = pausedAnswer(['One\n\n', answer], 0);
    let shown: readonly ShownMessage[] = [];
    await context.withServer({}, async () => {
      context.api.script(reply);
      const compare = ({ buttons }: ShownMessage): string | undefined =>
        buttons.find((button) => button === 'Compare');
      await withDialogs(compare, async (messages) => {
        const asking = commandActions.askAboutCode('fix');
        while (context.api.requests.length === 0) await new Promise(setImmediate);
        await meanwhile();
        resume();
        await asking;
        const isOffered = (): boolean => messages.some((message) => compare(message) === undefined);
        while (openDiffs().length === 0 && !isOffered()) await new Promise(setImmediate);
        shown = messages;
      });
    });
    return shown;
  }

  beforeEach(() => context.api.clear());

  it('opens by itself when the answer is complete, and not for other questions', async () => {
    const name = files.write();
    start(await files.open(name));
    await context.withServer({}, async () => {
      for (const prompt of ['explain', 'fix'] as const) {
        context.api.script({ kind: 'answer', text: answer });
        await commandActions.askAboutCode(prompt);
        if (prompt === 'explain') assert.deepEqual(openDiffs(), []);
      }
    });
    assert.equal((await comparisons()).get(name)?.text, after);
    assert.equal(await files.textOf(name), twoFunctions);
    context.sessions.show(emptyConversation('other'));
    const [message] = await messagesDuring(() => commandActions.reviewChanges());
    assert.match(message?.message ?? '', /does not propose any changes/);
  });

  it('opens by itself also for a question that was queued', async () => {
    const name = files.write();
    start(await files.open(name));
    await context.withServer({}, async () => {
      context.api.script({ kind: 'answer', text: answer });
      await commandActions.askAboutCode('fix');
      await comparisons();
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      context.api.script({ kind: 'answer', text: answer });
      await ask(asked);
    });
    assert.equal((await comparisons()).get(name)?.text, after);
  });

  it('is offered by a notification if the file was edited, and is beside the code that has moved', async () => {
    const name = files.write();
    const [message] = await fix(name, async () => {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(files.uri(name), new vscode.Position(0, 0), '# above\n');
      await vscode.workspace.applyEdit(edit);
    });
    assert.equal(message?.message, `The answer proposes a change to ${name}.`);
    assert.equal((await comparisons()).get(name)?.text, `# above\n${after}`);
  });

  it('is offered by a notification if the file was closed', async () => {
    const name = files.write();
    const [message] = await fix(name, () =>
      vscode.commands.executeCommand('workbench.action.closeAllEditors'),
    );
    assert.equal(message?.message, `The answer proposes a change to ${name}.`);
    assert.equal((await comparisons()).get(name)?.text, after);
  });

  it('concerns the file under its new name if it was renamed', async () => {
    const name = files.write();
    const renamed = name.replace('fixed', 'renamed');
    await fix(name, async () => {
      const edit = new vscode.WorkspaceEdit();
      edit.renameFile(files.uri(name), files.uri(renamed));
      await vscode.workspace.applyEdit(edit);
    });
    assert.equal((await comparisons()).get(renamed)?.text, after);
  });

  it('is offered in a new file if the file was deleted', async () => {
    const name = files.write();
    const messages = await fix(name, async () => {
      const edit = new vscode.WorkspaceEdit();
      edit.deleteFile(files.uri(name));
      await vscode.workspace.applyEdit(edit);
    });
    const last = messages.at(-1);
    assert.equal(last?.message, `Nothing was compared because ${name} no longer exists.`);
    assert.deepEqual(last.buttons, ['Open in New File']);
    assert.deepEqual(openDiffs(), []);
  });
});
