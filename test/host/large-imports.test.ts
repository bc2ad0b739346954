import assert from 'node:assert/strict';
import { mkdtempSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Conversation } from '../../src/core/chat/conversation';
import { chatOfBytes, importChats, ImportError } from '../../src/host/history/import';
import { serializeChat } from '../../src/host/storage/chat-format';
import { recordFigure } from '../support/promises';
import { withDialogs } from './dialogs';
import { listeningLog } from './listening-log';
import { turn } from './builders';
import { answered, encode, logOf, newId, session } from './vscode-chat-files';

/** Time that a user notices, in ms. */
const MAX_BLOCK = 200;
const MB = 1024 * 1024;

/** The longest time that the thread worked without giving others their turn, in ms of its processor. */
async function longestBlock(work: () => Promise<unknown>): Promise<number> {
  const used = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let [last, longest] = [used(), 0];
  const look = (): void => {
    const now = used();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const looking = setInterval(look, 0);
  await work();
  look();
  clearInterval(looking);
  return longest;
}

const toolResult = (length: number): object => ({
  kind: 'toolInvocationSerialized',
  resultDetails: Array.from({ length }, (_, index) => ({
    uri: { path: `/src/${index}.ts` },
    range: [index, 1],
  })),
});

/** An export as agents leave it: most of it is the results of tools, and images. */
function largeExport(size: number): Uint8Array {
  const image = { kind: 'image', name: 'shot.png', value: { $base64: 'A'.repeat(2 * MB) } };
  const request = answered([{ value: 'It is **x**. '.repeat(20) }, toolResult(2000)], {
    result: { metadata: { rendered: 'Hidden. '.repeat(10_000) } },
  });
  const parts = Math.ceil(size / JSON.stringify(request).length);
  const withImage = answered(['So.'], { variableData: { variables: [image] } });
  return encode(JSON.stringify(session(withImage, ...Array.from({ length: parts }, () => request))));
}

describe('S10 An import does not block the extension host', () => {
  it('of 50 MB that VS Code exported', async () => {
    const bytes = largeExport(50 * MB);
    let chat: Conversation | undefined;
    const block = await longestBlock(async () => (chat = await chatOfBytes(bytes, newId)));
    assert.ok(chat && chat.turns.length > 100);
    recordFigure(
      'S10',
      `an export of ${Math.round(bytes.length / MB)} MB is read with blocks of ${Math.round(block)} ms at most`,
    );
    assert.ok(block < MAX_BLOCK, `${block} ms`);
  });

  it('of a session with 50,000 changes', async () => {
    const changes = Array.from({ length: 50_000 }, (_, index) => ({
      kind: 2,
      k: ['requests', 0, 'response'],
      v: [`${index} `],
    }));
    const bytes = logOf({ kind: 0, v: session(answered([])) }, ...changes);
    let chat: Conversation | undefined;
    const block = await longestBlock(async () => (chat = await chatOfBytes(bytes, newId)));
    assert.match(JSON.stringify(chat?.turns[0]), /0 1 2 3 .* 49999/);
    assert.ok(block < MAX_BLOCK, `${block} ms`);
  });

  it('of a chat of ours with ten thousand messages', async () => {
    const turns = Array.from({ length: 5000 }, (_, index) => ({
      ...turn(`Why ${index}?`, 'So. '.repeat(500)),
      id: `${index}`,
    }));
    const bytes = encode(serializeChat({ id: 'a', turns }));
    let chat: Conversation | undefined;
    const block = await longestBlock(async () => (chat = await chatOfBytes(bytes, newId)));
    assert.equal(chat?.turns.length, 5000);
    assert.ok(block < MAX_BLOCK, `${block} ms`);
  });

  const deep = (open: string, close: string): string => `${open.repeat(MB)}${close.repeat(MB)}`;
  const refused: Readonly<Record<string, () => Uint8Array>> = {
    'brackets in brackets': () => encode(`{"requests":${deep('[', ']')}}`),
    'objects in objects': () => encode(`{"sessionId":"","requests":[${deep('{"a":', '')}`),
    'millions of values in one request': () =>
      encode(`{"sessionId":"","requests":[{"message":"","response":[${'0,'.repeat(4 * MB)}0]}]}`),
    '20 MB of text': () => encode(JSON.stringify(session(answered(['So '.repeat(7 * MB)])))),
    'nothing but line ends': () => new Uint8Array(20 * MB).fill(10),
    'one unfinished text': () => encode(`{"sessionId":"${'x'.repeat(20 * MB)}`),
    'lines of a session that are no changes': () =>
      new Uint8Array([...logOf({ kind: 0, v: {} }), ...encode('{}\n'.repeat(100_000))]),
  };
  for (const [what, make] of Object.entries(refused)) {
    it(`and refuses ${what}`, async () => {
      const bytes = make();
      const block = await longestBlock(() => assert.rejects(chatOfBytes(bytes, newId), ImportError));
      assert.ok(block < MAX_BLOCK, `${block} ms`);
    });
  }

  it('and does not read a file of 100 MB, nor what is no file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'o1mini-large-'));
    const large = join(folder, 'large.json');
    writeFileSync(large, '{"version":3,');
    truncateSync(large, 100 * MB);
    const { window } = vscode;
    const original = window.showOpenDialog;
    const chosen = [large, '/dev/zero'].map((path) => vscode.Uri.file(path));
    Object.assign(window, { showOpenDialog: () => Promise.resolve(chosen) });
    try {
      await withDialogs(
        () => undefined,
        async (shown) => {
          const { log } = listeningLog();
          const add = (): never => assert.fail('nothing can be added');
          const block = await longestBlock(() => importChats(add, newId, log));
          assert.deepEqual(
            shown.map(({ message }) => message),
            [
              'large.json was not imported. The file is larger than 64 MB.',
              'zero was not imported. This is not a regular file.',
            ],
          );
          assert.ok(block < MAX_BLOCK, `${block} ms`);
        },
      );
    } finally {
      Object.assign(window, { showOpenDialog: original });
    }
  });
});
