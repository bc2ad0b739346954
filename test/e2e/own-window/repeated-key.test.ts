import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScriptedReply } from '../../server/server';
import { recordFigure } from '../../support/promises';
import { untilFiles } from '../../support/folder-changes';
import { chatFolder } from '../chat-files';
import { choosePath } from '../choose-path';
import { enterApiKey } from '../enter-api-key';
import { filesIn } from '../files';
import { useOwnWindow } from './own-window';

const key = 'sk-Sentinel/7f+3a"9b-Qz41xWm8';
/** How servers, proxies and gateways encode a key in their responses. */
const encodings: Readonly<Record<string, string>> = {
  raw: key,
  base64: btoa(key),
  'base64 of api:KEY': btoa(`api:${key}`),
  hex: Buffer.from(key).toString('hex'),
  'JSON escapes': Array.from(key, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  address: encodeURIComponent(key),
};
const texts = Object.values(encodings);
/** Twelve consecutive characters of an encoding cannot occur by chance. */
const parts = texts.flatMap((text) =>
  Array.from({ length: text.length - 11 }, (_, at) => text.slice(at, at + 12)),
);

function keyPartIn(text: string): string | undefined {
  return parts.find((part) => text.includes(part));
}

describe('S5 A key that the server repeats is shown and stored nowhere:', () => {
  const { workbench, chat } = useOwnWindow(() => ({ api: { key, pace: { thinkingMs: 0, deltaMs: 0 } } }));

  before(async () => {
    await workbench.command('o1-mini: Set API Key');
    await enterApiKey(workbench, key);
    await workbench.notification('was saved in VS Code');
  });

  const event = (delta: object): string => `data: ${JSON.stringify({ choices: [{ index: 0, delta }] })}\n\n`;

  /** An answer and reasoning that contain the key, in parts that split it. */
  function answerWith(encodedKey: string): ScriptedReply {
    const text = `Your key is ${encodedKey}, is it not?\n\n\`\`\`sh\nexport KEY=${encodedKey}\n\`\`\`\n`;
    const fragments = text.match(/[^]{1,5}/g) ?? [];
    const chunks = fragments.map((fragment) => event({ content: fragment, reasoning_content: fragment }));
    return { kind: 'stream', chunks: [...chunks, 'data: [DONE]\n\n'], end: 'close' };
  }

  it('not in the panel, the chat files, the settings and the logs, nor in exports as Markdown and JSON', async () => {
    for (const [name, encodedKey] of Object.entries(encodings)) {
      workbench.api.script(answerWith(encodedKey));
      await chat.ask(`What is my key in ${name}?`);
      await chat.until('Done');
      for (const body of [
        JSON.stringify({ error: { message: `Wrong: ${encodedKey}` } }),
        `<p>${encodedKey}`,
      ]) {
        workbench.api.script({ kind: 'status', status: 400, headers: { 'x-request-id': encodedKey }, body });
        await chat.ask(`Is ${name} wrong?`);
        await chat.until('Failed');
      }
    }
    assert.equal(workbench.api.requests.at(-1)?.headers.authorization, `Bearer ${key}`);
    assert.equal(keyPartIn(await workbench.panel().locator('body').innerHTML()), undefined, 'in the panel');
    const lastQuestion = 'Is address wrong?';
    await untilFiles(chatFolder(workbench), (files) => files.some((text) => text.includes(lastQuestion)));
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
    const filesWithKey = files.flatMap((file) => {
      const part = keyPartIn(readFileSync(file, 'latin1'));
      return part === undefined ? [] : [`${part} in ${file}`];
    });
    assert.deepEqual(filesWithKey, []);
    recordFigure(
      'S5',
      `real window: key repeated in ${texts.length} encodings, ${files.length} files with exports and logs, 0 with the key`,
    );
  });
});
