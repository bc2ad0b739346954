import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { canary, hostileFileNames, hostileIcon, hostileTexts } from '../../support/hostile-text';
import { recordFigure, runs } from '../../support/promises';
import { copyOfFolder } from '../../support/scratch-folder';
import { openNewChat, openChat } from '../chat-page';
import { choosePath } from '../choose-path';
import { useOwnWindow } from './own-window';

const hostile = `[Open](command:${canary})`;

/** Chat files that are damaged at a hostile value, each under a hostile name. */
const damagedFiles: readonly object[] = [
  {
    version: 3,
    conversation: { id: 'a', turns: [{ id: 't', askedAt: 1, question: { text: 1, x: hostile } }] },
  },
  { version: 3, conversation: { id: 'a', turns: hostile } },
  { version: 3, conversation: { [hostile]: hostile, id: 'a', pinned: hostile, turns: [] } },
  { version: 3, conversation: { id: 'a', turns: [], title: [hostile] } },
  { version: 2, conversation: { id: 'a', turns: [{ id: 't', question: { text: '' }, answers: hostile }] } },
  { responderUsername: hostile, requests: [{ message: [hostile] }] },
  { responderUsername: hostile, requests: hostile },
  { [hostile]: hostile },
];

/** A workspace in which everything has a hostile name. */
function hostileFolder(): string {
  const folder = copyOfFolder();
  const names = hostileFileNames('.json');
  damagedFiles.forEach((file, index) =>
    writeFileSync(join(folder, `${index} ${names[index] ?? ''}`), JSON.stringify(file)),
  );
  writeFileSync(join(folder, `8 ${names[8] ?? ''}`), `{"a": ${hostile}`);
  writeFileSync(join(folder, `${hostile}.py`), 'x = 1\n');
  writeFileSync(join(folder, `$(${hostileIcon}) ${hostile}.md`), `# ${hostile} $(${hostileIcon})\n`);
  mkdirSync(join(folder, '.git'));
  writeFileSync(join(folder, '.git', 'HEAD'), `ref: refs/heads/${hostile}\n`);
  writeFileSync(join(folder, '.git', 'config'), `[core]\n\tbare = ${hostile}\n`);
  return folder;
}

/** A service whose models, names and errors are hostile. */
async function hostileService(): Promise<Server> {
  const data = ['plain-model', ...hostileTexts].map((id) => ({
    id,
    object: 'model',
    type: 'openai/chat-completions',
  }));
  const server = createServer((request, response) => {
    const isList = request.url?.startsWith('/v1/models') && !request.url.includes('deprecations');
    response.writeHead(isList ? 200 : 400, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(isList ? { object: 'list', data } : { error: { message: hostileTexts.join(' ') } }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

for (const trust of ['ask', 'trusted'] as const) {
  const mode = trust === 'ask' ? 'in Restricted Mode' : 'in a trusted window';
  // A trusted window shows the same texts, so the quick run leaves it out.
  const describeIt = trust === 'ask' || runs(0, 1) === 1 ? describe : describe.skip;

  describeIt(`S3 Untrusted text runs nothing and is no link in the interface of VS Code, ${mode},`, () => {
    const { workbench, chat } = useOwnWindow(() => ({
      folder: hostileFolder(),
      trust,
      settings: { 'files.readonlyInclude': { '**/*.py': true } },
    }));
    let service: Server;
    let checkedTexts = 0;

    before(async () => {
      service = await hostileService();
      if (trust === 'ask') await workbench.page.getByText('Restricted Mode').first().waitFor();
    });
    afterEach(assertNothingRan);
    after(() => {
      recordFigure(
        'S3',
        `${checkedTexts} untrusted texts in the interface of VS Code clicked ${mode}, 0 links, 0 commands`,
      );
      service.close();
    });

    async function assertNothingRan(): Promise<void> {
      await workbench.page.keyboard.press('Escape');
      assert.equal(
        await workbench.page.locator('.tab', { hasText: /^Untitled-/ }).count(),
        0,
        'a command ran',
      );
      assert.equal(workbench.page.context().pages().length, 1, 'a page was opened');
    }

    /** Asserts that untrusted text contains no link and no icon, and clicks on it. A label of VS Code is an `a` without `href`. */
    async function assertInert(text: Locator, click = true): Promise<void> {
      await text.first().waitFor();
      assert.equal(await text.locator('a[href]').count(), 0);
      assert.equal(await text.locator(`.codicon-${hostileIcon}`).count(), 0);
      checkedTexts += await text.count();
      if (!click) return;
      const box = await text.first().boundingBox();
      assert.ok(box);
      for (const part of [0.05, 0.25, 0.5, 0.75]) {
        await workbench.page.mouse.click(box.x + box.width * part, box.y + Math.min(box.height / 2, 10));
      }
    }

    const message = (item: Locator): Locator => item.locator('.notification-list-item-message');

    it('in messages about chat files that cannot be imported', async () => {
      const names = hostileFileNames('.json');
      for (let index = 0; index <= damagedFiles.length; index += runs(4, 1)) {
        const name = `${index} ${names[index] ?? ''}`;
        await workbench.command('o1-mini: Import Chat…');
        await choosePath(workbench, join(workbench.folder, name));
        const item = await workbench.notification(`${index} [`);
        assert.match(await item.innerText(), / was not imported\. /);
        await assertInert(message(item));
      }
    });

    it('in the message about an action that failed', async () => {
      await chat.ask('Hello');
      await chat.until('Done');
      await workbench.command('o1-mini: Export Chat…');
      await choosePath(workbench, `/proc/${hostile}.md`);
      const item = await workbench.notification('Export Chat failed: ');
      await assertInert(message(item));
    });

    it('in the message about a read-only editor, and in the tab of a comparison', async () => {
      workbench.api.script({ kind: 'answer', text: '```python\ny = 2\n```' });
      await chat.ask('Code');
      await chat.until('Done');
      await workbench.press('showExplorer');
      await workbench.page.getByRole('treeitem', { name: `${hostile}.py` }).dblclick();
      await workbench.page.locator('.tab.active', { hasText: '.py' }).waitFor();
      await openChat(workbench);
      await chat.answers.last().getByRole('button', { name: 'Insert at Cursor' }).click();
      await assertInert(message(await workbench.notification('is read-only')));
      await chat.answers.last().getByRole('button', { name: 'Compare' }).click();
      const tab = workbench.page.locator('.tab.active').filter({ hasText: 'Proposed (' });
      await assertInert(tab.locator('.label-name'), false);
      await workbench.closeEditors();
    });

    it('in the lists of files, symbols and models', async () => {
      const rows = workbench.page.locator('.quick-input-list .monaco-list-row');
      const labels = rows.locator('.quick-input-list-label');
      const attach = async (what: string): Promise<void> => {
        await chat.button('Attach').click();
        await workbench.choose(what);
      };
      await attach('Files…');
      await rows.filter({ hasText: '.md' }).filter({ hasText: 'Open' }).first().waitFor();
      await assertInert(labels, false);
      await workbench.page.keyboard.press('Escape');
      // The Markdown extension of VS Code provides headings once a document is open.
      await workbench.press('showExplorer');
      await workbench.page.getByRole('treeitem', { name: `${hostile}.md` }).dblclick();
      await workbench.page.locator('.tab.active', { hasText: '.md' }).waitFor();
      await openChat(workbench);
      await attach('Symbol…');
      await rows.filter({ hasText: 'Open' }).first().waitFor();
      await assertInert(labels, false);
      await workbench.page.keyboard.press('Escape');
      const { port } = service.address() as AddressInfo;
      await workbench.settings({
        'o1mini.baseUrl': `http://127.0.0.1:${port}`,
        'o1mini.model': hostileTexts.join(' '),
      });
      await workbench.command('o1-mini: Select Model…');
      await rows.filter({ hasText: 'plain-model' }).waitFor();
      await assertInert(labels, false);
      await workbench.page.keyboard.type(`$(${hostileIcon}) ${hostile}`);
      await rows.filter({ hasText: 'use this name' }).waitFor();
      await assertInert(labels, false);
      await workbench.page.keyboard.press('Escape');
      await rows.first().waitFor({ state: 'hidden' });
    });

    it('in the error of a service, a dialog and the title of a tab', async () => {
      await workbench.settings({ 'o1mini.dailyBudget': undefined });
      await openNewChat(workbench);
      await chat.ask(`$(${hostileIcon}) ${hostile}`);
      await chat.until('Failed');
      assert.equal(await workbench.panel().locator('a[href]').count(), 0);
      await workbench.settings({ 'o1mini.dailyBudget': 0.0001 });
      await chat.enter('Again');
      const dialog = workbench.dialog('daily budget');
      await assertInert(dialog.locator('.dialog-message-text'));
      await assertInert(dialog.locator('.dialog-message-detail'));
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await workbench.press('openTab');
      await assertInert(workbench.page.locator('.tab.active .label-name'), false);
      await workbench.closeEditors();
    });
  });
}
