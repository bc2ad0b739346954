import assert from 'node:assert/strict';
import { join } from 'node:path';
import { startServer } from '../../server/server';
import { mainJob } from '../../support/main-job';
import type { TestWindow } from '../../support/window';
import type { ChatPage } from '../chat-page';
import { choosePath } from '../choose-path';
import {
  askAboutCurrentFile,
  askParticipantAndContinue,
  countUnseenAnswer,
  explainCellAndInsertBelow,
  fixProblem,
  generateAndUndo,
  openFileOfQueuedAnswer,
  reviewTwoFiles,
} from '../editor-flows';
import { refactorAndAccept } from '../refactor';
import { chatSettings, vscodeChat } from '../vscode-chat';
import { inWindow } from './own-window';

describe('The extension in a web extension host', () => {
  it('counts tokens, answers a question, stops one, refuses a redirect and reports a network failure', () =>
    inWindow({ kind: 'web' }, async (workbench, chat) => {
      await chat.box.fill(Array.from({ length: 40 }, () => 'hello').join(' '));
      // Counted with the token table: 40 words and the overhead of the format. An estimate would be 60.
      await chat.estimate.filter({ hasText: /^47 tokens · at most \$0\.11/ }).waitFor();
      assert.ok(
        workbench.api.lookups.some(({ path }) => path.startsWith('/v1/models')),
        'the prices were requested',
      );

      await chat.ask('Prove that the square root of 2 is irrational.');
      await chat.until('Done');
      await chat.answers.locator('.katex').first().waitFor();
      const origin = workbench.api.requests.find(({ method }) => method === 'POST')?.headers.origin;
      assert.ok(origin, 'the request comes from a browser');

      workbench.api.script({ kind: 'answer', text: 'Late', thinkingMs: 600_000 });
      await chat.ask('Think');
      await chat.until('Thinking');
      await chat.button('Stop').click();
      await chat.until('Stopped');
      assert.equal(await workbench.api.requests.at(-1)?.ended, 'closedEarly');

      const redirectTarget = await startServer();
      workbench.api.script({ kind: 'redirect', status: 307, location: `${redirectTarget.origin}/steal` });
      await chat.ask('Elsewhere?');
      await chat.until('Failed: The service redirected the request');
      assert.deepEqual([...redirectTarget.requests, ...redirectTarget.lookups], []);
      await redirectTarget.close();

      await workbench.settings({ 'o1mini.baseUrl': 'http://127.0.0.1:9' });
      await chat.ask('Hello?');
      await chat.until('Failed: The service cannot be reached');

      const refusing = await startServer({ crossOrigin: 'refused' });
      await workbench.settings({ 'o1mini.baseUrl': refusing.origin });
      await chat.ask('May I?');
      await chat.until('Failed: The service does not allow requests from a browser');
      await chat.answers.last().getByText(`web pages at ${origin} to read`).waitFor();
      // Neither the preflight request nor the check that follows it has the words of the question.
      const received = [...refusing.requests, ...refusing.lookups];
      assert.ok(received.some(({ method }) => method === 'HEAD'));
      assert.ok(received.every(({ body, method }) => body === '' && method !== 'POST'));
      await refusing.close();
    }));

  it('has the flows of the editor and of several files, counts an unseen answer, and exports and imports a chat', () =>
    inWindow({ kind: 'web' }, async (workbench, chat) => {
      await workbench.openFromExplorer('orbits.py');
      await generateAndUndo(workbench);
      await fixProblem(workbench, chat);
      await explainCellAndInsertBelow(workbench, chat);
      await openFileOfQueuedAnswer(workbench, chat);
      await askAboutCurrentFile(workbench, chat);
      await reviewTwoFiles(workbench, chat);
      await countUnseenAnswer(workbench, chat);
      await exportAndImport(workbench, chat);
    }));

  it("is in VS Code's Chat with its models and @o1mini", () =>
    inWindow({ kind: 'web', settings: chatSettings }, async (workbench, chat) => {
      const vscode = vscodeChat(workbench);
      await vscode.addModels();
      await vscode.openThread();
      await askParticipantAndContinue(workbench, chat);
    }));

  it('explains, inserts, replaces and saves code in a virtual workspace', () =>
    inWindow({ kind: 'web', virtual: true }, async (workbench) => {
      const { page } = workbench;
      await workbench.openFromExplorer('orbits.py');
      const lines: string[] = [];
      await mainJob(workbench, (line) => lines.push(line));
      assert.ok(lines.length > 5);

      await refactorAndAccept(workbench);
      await page.keyboard.press('ControlOrMeta+S');
      await page.locator('.tab.active:not(.dirty)').waitFor();
      assert.match(await workbench.editorText(), /^TOLERANCE = 1e-12\nMAX_STEPS = 99$/m);
    }));
});

async function exportAndImport(workbench: TestWindow, chat: ChatPage): Promise<void> {
  const file = join(workbench.folder, 'exported.json');
  await workbench.command('o1-mini: Export Chat…');
  await choosePath(workbench, file);
  await workbench.notification('The chat was exported to exported.json.');
  await workbench.command('o1-mini: New Chat');
  await chat.questions.first().waitFor({ state: 'detached' });
  await workbench.command('o1-mini: Import Chat…');
  await choosePath(workbench, file);
  await chat.questions.first().waitFor();
}
