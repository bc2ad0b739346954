import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ScriptedReply } from '../../server/server';
import { recordFigure } from '../../support/promises';
import { openWindow, type TestWindow } from '../../support/window';
import { untilFiles } from '../../support/folder-changes';
import { openChat, type ChatPage } from '../chat-page';
import { choosePath } from '../choose-path';
import { enterApiKey } from '../enter-api-key';

const key = 'sk-Sentinel/7f+3a"9b-Qz41xWm8';
/** Ways in which servers, proxies and gateways write a key into what they answer. */
const spellings: Readonly<Record<string, string>> = {
  raw: key,
  base64: btoa(key),
  'base64 of api:KEY': btoa(`api:${key}`),
  hex: Buffer.from(key).toString('hex'),
  'JSON escapes': Array.from(key, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  address: encodeURIComponent(key),
};
const texts = Object.values(spellings);
/** So many characters in a row of any of them are a part of the key that cannot be there by chance. */
const parts = texts.flatMap((text) =>
  Array.from({ length: text.length - 11 }, (_, at) => text.slice(at, at + 12)),
);

function partIn(text: string): string | undefined {
  return parts.find((part) => text.includes(part));
}

describe('S5 A key that the server repeats is nowhere afterwards', () => {
  let workbench: TestWindow;
  let chat: ChatPage;

  before(async () => {
    workbench = await openWindow({ api: { key, pace: { thinkingMs: 0, deltaMs: 0 } } });
    chat = await openChat(workbench);
    await workbench.command('o1-mini: Set API Key');
    await enterApiKey(workbench, key);
    await workbench.notification('was saved in VS Code');
  });
  after(() => workbench.close());

  const event = (delta: object): string => `data: ${JSON.stringify({ choices: [{ index: 0, delta }] })}\n\n`;

  /** In the answer and in the reasoning, in pieces that cut each spelling. */
  function answerWith(spelling: string): ScriptedReply {
    const text = `Your key is ${spelling}, is it not?\n\n\`\`\`sh\nexport KEY=${spelling}\n\`\`\`\n`;
    const pieces = text.match(/[^]{1,5}/g) ?? [];
    const chunks = pieces.map((piece) => event({ content: piece, reasoning_content: piece }));
    return { kind: 'stream', chunks: [...chunks, 'data: [DONE]\n\n'], end: 'close' };
  }

  it('not in the panel, the chat files, the settings, the logs, nor in exports as Markdown and JSON', async () => {
    for (const [name, spelling] of Object.entries(spellings)) {
      workbench.api.script(answerWith(spelling));
      await chat.ask(`What is my key in ${name}?`);
      await chat.until('Done');
      for (const body of [JSON.stringify({ error: { message: `Wrong: ${spelling}` } }), `<p>${spelling}`]) {
        workbench.api.script({ kind: 'status', status: 400, headers: { 'x-request-id': spelling }, body });
        await chat.ask(`Is ${name} wrong?`);
        await chat.until('Failed');
      }
    }
    assert.equal(workbench.api.requests.at(-1)?.headers.authorization, `Bearer ${key}`);
    assert.equal(partIn(await workbench.panel().locator('body').innerHTML()), undefined, 'in the panel');
    const last = 'Is address wrong?';
    const chats = join(
      workbench.dataDir,
      'data',
      'User',
      'globalStorage',
      'o1mini.o1-mini-chat',
      'chatSessions',
    );
    await untilFiles(chats, (files) => files.some((text) => text.includes(last)));
    for (const name of ['sentinel.md', 'sentinel.json']) {
      await workbench.command('o1-mini: Export Chat…');
      await choosePath(workbench, join(workbench.folder, name));
      await workbench.notification(`The chat was exported to ${name}.`);
    }
    const files = [...filesIn(workbench.dataDir), ...filesIn(workbench.folder)];
    for (const kind of [
      /sentinel\.md$/,
      /sentinel\.json$/,
      /chatSessions.*\.json$/,
      /\.log$/,
      /settings\.json$/,
    ])
      assert.ok(
        files.some((file) => kind.test(file)),
        `no file ${String(kind)}`,
      );
    assert.match(readFileSync(join(workbench.folder, 'sentinel.md'), 'utf8'), /Your key is .{0,8}\[key\]/);
    const holding = files.flatMap((file) => {
      const part = partIn(readFileSync(file, 'latin1'));
      return part === undefined ? [] : [`${part} in ${file}`];
    });
    assert.deepEqual(holding, []);
    recordFigure(
      'S5',
      `real window: key repeated in ${texts.length} spellings, ${files.length} files with exports and logs, 0 with it`,
    );
  });
});

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
}
