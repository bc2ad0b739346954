import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { secretSamples } from '../fixtures/secrets/samples';
import { recordFigure } from '../support/promises';
import { scratchFolder } from '../support/scratch-folder';
import { openChat } from './chat-page';
import { contentOf, filesIn } from './files';
import { useChat } from './use-chat';

const secret = secretSamples.find(({ kind }) => kind === 'GitHub personal token')?.secret ?? '';
const otherSecret = secretSamples.find(({ kind }) => kind === 'npm')?.secret ?? '';

describe('S11 Secrets and files from outside the workspace are named before they are sent:', () => {
  const { workbench, api, chat } = useChat({ newChat: 'eachTest' });
  let outside: string;
  const createdPaths: string[] = [];

  before(() => {
    outside = scratchFolder();
    mkdirSync(join(outside, 'folder'));
    writeFileSync(join(outside, 'diary.txt'), 'a private line\n');
    writeFileSync(join(outside, 'folder', 'letter.txt'), 'a private letter\n');
    const add = (name: string, create: (path: string) => void): void => {
      createdPaths.push(join(workbench.folder, name));
      create(join(workbench.folder, name));
    };
    add('todays-diary.txt', (path) => symlinkSync(join(outside, 'diary.txt'), path));
    add('letters', (path) => symlinkSync(join(outside, 'folder'), path));
    add('.env', (path) => writeFileSync(path, 'PORT=3000\n'));
    add('config.ini', (path) => writeFileSync(path, `[a]\nb = 1\ntoken = ${secret}\n`));
    add('pipe.txt', (path) => execFileSync('mkfifo', [path]));
  });
  after(async () => {
    for (const path of [...createdPaths, outside]) rmSync(path, { recursive: true, force: true });
    await workbench.closeEditors();
  });

  const body = (): string => JSON.stringify(api.requests.at(-1)?.body);
  const dialog = (): Locator => workbench.dialog('Nothing has been sent yet.');
  const press = async (button: string): Promise<void> => {
    await dialog().getByRole('button', { name: button, exact: true }).click();
    await dialog().waitFor({ state: 'hidden' });
  };
  /** The content of all files that the extension may have written. */
  const written = (): string =>
    filesIn(workbench.dataDir)
      .filter((path) => /o1mini\.o1-mini-chat|globalStorage|workspaceStorage|logs/.test(path))
      .map(contentOf)
      .join('\n');

  async function attach(name: string): Promise<void> {
    await chat.box.click();
    await workbench.page.keyboard.type(`#${name.slice(0, 12)}`);
    await workbench
      .panel()
      .getByRole('listbox', { name: 'Suggestions' })
      .getByRole('option', { name: new RegExp(name.replaceAll('.', '\\.')) })
      .first()
      .click();
    await workbench
      .panel()
      .getByRole('button', { name: new RegExp(`^${name.replaceAll('.', '\\.')}, `) })
      .waitFor();
  }

  it('a secret in the question, which stays in the box if the user cancels', async () => {
    await chat.enter(`Is this right?\n${secret}`);
    await dialog().waitFor();
    assert.match(
      await dialog().innerText(),
      /possible secrets to 127\.0\.0\.1.*GitHub token: your question, line 2/s,
    );
    await workbench.screenshot('secrets-dialog');
    await press('Cancel');
    await workbench
      .panel()
      .locator('button[aria-label="Send"]:not([disabled]):not([aria-disabled=true])')
      .waitFor();
    assert.equal(api.requests.length, 0);
    assert.equal(await chat.box.inputValue(), `Is this right?\n${secret}`);
  });

  it('a secret that a placeholder replaces, and that the answer shows, copies and inserts again but never stores', async () => {
    const deltas = ['Use `SEC', 'RET_', '1` so:\n\n```ts\nconst key = "SECRET', '_1";\n```\n'];
    api.script({ kind: 'answer', text: deltas.join(''), deltas });
    await chat.enter(`Is this right? ${secret}`);
    await dialog().waitFor();
    await press('Replace with Placeholders');
    await chat.until('Done');
    assert.match(body(), /Is this right\? SECRET_1/);
    assert.ok(!body().includes(secret));
    await chat.questions.filter({ hasText: secret }).waitFor();
    await chat.answers.filter({ hasText: `Use ${secret} so:` }).waitFor();
    await workbench.screenshot('secrets-put-back');
    await workbench.panel().getByRole('button', { name: 'Copy Answer' }).click();
    await workbench.page.waitForFunction(
      async (part) => (await navigator.clipboard.readText()).includes(part),
      `"${secret}"`,
    );

    await workbench.openFile('orbits.py');
    await openChat(workbench);
    await workbench.panel().getByRole('button', { name: 'Insert at Cursor' }).click();
    while (!(await workbench.editorText()).includes(`const key = "${secret}"`));
    await workbench.closeEditors();
    assert.ok(!written().includes(secret), 'the secret is in a file');

    // The next question may contain it again without another dialog.
    await openChat(workbench);
    await chat.ask(`And ${secret}?`);
    await chat.until('Done');
    assert.match(body(), /And SECRET_1\?/);
    assert.ok(!body().includes(secret));
  });

  it('a secret in the preview, which shows the placeholder that would be sent', async () => {
    await chat.box.fill(`Look: ${secret}`);
    await workbench.command('o1-mini: Preview Request');
    await workbench.page.locator('.tab.active', { hasText: 'request.json' }).waitFor();
    const text = await workbench.editorText();
    assert.ok(text.includes('Look: SECRET_1') && !text.includes(secret));
    await workbench.closeEditors();
    await workbench.command('Notifications: Clear All Notifications');
  });

  it('a secret in an edited question, which Retry, Regenerate and the curl command replace too', async () => {
    api.script({ kind: 'answer', text: 'It is.' });
    await chat.ask('Is this right?');
    await chat.until('Done');
    await chat.questions.first().hover();
    await chat.questions.first().getByRole('button', { name: 'Edit', exact: true }).click();
    const editor = workbench.panel().getByRole('textbox', { name: 'Edit question' });
    await editor.fill(`Is ${secret} right?`);
    await editor.press('Enter');
    await dialog().waitFor();
    assert.match(await dialog().innerText(), /GitHub token: your question, line 1/);
    await press('Cancel');
    assert.equal(api.requests.length, 1);
    assert.equal(await editor.inputValue(), `Is ${secret} right?`);

    api.script({ kind: 'status', status: 403, body: '{"message":"Run out of credits"}' });
    await editor.press('Enter');
    await dialog().waitFor();
    await press('Replace with Placeholders');
    await chat.until('Failed');
    await chat.button('Retry').click();
    await chat.until('Done');
    api.script({ kind: 'answer', text: 'Once more.' });
    await workbench.panel().getByRole('button', { name: 'Regenerate' }).click();
    await chat.answers.getByText('Once more.').waitFor();
    await chat.until('Done');
    const bodies = api.requests.slice(1).map((request) => JSON.stringify(request.body));
    assert.equal(bodies.length, 3);
    for (const json of bodies) assert.ok(json.includes('Is SECRET_1 right?') && !json.includes(secret), json);
    assert.equal(await dialog().isVisible(), false);

    await chat.box.fill(`And ${otherSecret}?`);
    await workbench.command('o1-mini: Preview Request');
    await workbench.page.locator('.tab.active', { hasText: 'request.json' }).waitFor();
    await workbench.page
      .locator('.editor-instance .view-line')
      .filter({ hasText: 'SECRET_2' })
      .first()
      .waitFor();
    await workbench.command('o1-mini: Copy as curl');
    await workbench.notification('The request was copied as a curl command for a POSIX shell');
    const command = await workbench.clipboard();
    assert.ok(command.includes('SECRET_1') && command.includes('And SECRET_2?'), command);
    assert.ok(!command.includes(secret) && !command.includes(otherSecret));
    await workbench.closeEditors();
    await workbench.command('Notifications: Clear All Notifications');
    recordFigure('S11', 'an edited question, Retry, Regenerate and the curl command with placeholders');
  });

  it('links to files and folders outside, a file for secrets and a secret in a file, each with its place', async () => {
    for (const name of ['todays-diary.txt', '.env', 'config.ini']) await attach(name);
    await chat.box.pressSequentially('What is in these?');
    await chat.box.press('Enter');
    await dialog().waitFor();
    const text = await dialog().innerText();
    assert.match(text, /GitHub token: config\.ini, line 3/);
    assert.ok(text.includes(`todays-diary.txt (${join(outside, 'diary.txt')}): outside the workspace`), text);
    assert.match(text, /\.env: environment file/);
    await workbench.screenshot('outside-dialog');
    await press('Send');
    await chat.until('Done');
    assert.ok(body().includes(secret) && body().includes('a private line'));
    recordFigure('S11', 'typed, attached, linked and previewed in a real window');

    // The user has agreed, so neither another answer nor another question opens the dialog.
    await workbench.panel().getByRole('button', { name: 'Regenerate' }).click();
    await workbench.panel().getByText('Earlier answer').waitFor();
    await chat.until('Done');
    await chat.ask('And?');
    await chat.until('Done');
    assert.equal(await dialog().isVisible(), false);
  });

  it('a secret whose placeholder is shown after a reload, because the secret was only in memory', async () => {
    await chat.enter(`Keep ${secret}`);
    await dialog().waitFor();
    await press('Replace with Placeholders');
    await chat.until('Done');
    await workbench.reload();
    await openChat(workbench);
    await chat.questions.filter({ hasText: 'Keep SECRET_1' }).waitFor();
  });
});
