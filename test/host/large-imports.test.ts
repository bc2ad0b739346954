import assert from 'node:assert/strict';
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Conversation } from '../../src/core/chat/conversation';
import { chatOfBytes, importChats, ImportError } from '../../src/host/history/import';
import { serializeChat } from '../../src/host/storage/chats/chat-format';
import { recordFigure } from '../support/promises';
import { scratchFolder } from '../support/scratch-folder';
import { withDialogs } from './dialogs';
import { recordingLog } from './recording-log';
import { turn } from './builders';
import { contentOf, requestWith, encode, sessionLog, newId, session } from './vscode-chat-files';

/** Longest block that a user does not notice, in ms. */
const MAX_BLOCK_MS = 200;
const MB = 1024 * 1024;

/** The longest time for which the work did not yield, in ms of processor time of its thread. */
async function longestBlock(work: () => Promise<unknown>): Promise<number> {
  const used = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let [last, longest] = [used(), 0];
  const measure = (): void => {
    const now = used();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const timer = setInterval(measure, 0);
  await work();
  measure();
  clearInterval(timer);
  return longest;
}

const toolResult = (length: number): object => ({
  kind: 'toolInvocationSerialized',
  resultDetails: Array.from({ length }, (_, index) => ({
    uri: { path: `/src/${index}.ts` },
    range: [index, 1],
  })),
});

/** An export of agent sessions: most of it is tool results and images. */
function largeExport(size: number): Uint8Array {
  const image = { kind: 'image', name: 'shot.png', value: { $base64: 'A'.repeat(2 * MB) } };
  const request = requestWith([{ value: 'It is **x**. '.repeat(20) }, toolResult(2000)], {
    result: { metadata: { rendered: 'Hidden. '.repeat(10_000) } },
  });
  const parts = Math.ceil(size / JSON.stringify(request).length);
  const withImage = requestWith(['So.'], { variableData: { variables: [image] } });
  return encode(JSON.stringify(session(withImage, ...Array.from({ length: parts }, () => request))));
}

describe('S10 An import does not block the extension host', () => {
  it('with an image as VS Code wrote it before 2025, with a member for each byte', async () => {
    const value = Object.fromEntries(Array.from({ length: 1_500_000 }, (_, index) => [index, 137]));
    const image = { kind: 'image', name: 'shot.png', value: { bytes: value, after: 1 } };
    const bytes = encode(
      JSON.stringify(
        session(requestWith(['So.'], { variableData: { variables: [image] } }), requestWith(['Then.'])),
      ),
    );
    let chat: Conversation | undefined;
    const block = await longestBlock(async () => (chat = await chatOfBytes(bytes, newId)));
    assert.ok(block < MAX_BLOCK_MS, `${block} ms`);
    assert.deepEqual(
      chat?.turns.map((each) => contentOf(each).answer),
      ['So.\n\n*Not imported: images: 1.*', 'Then.'],
    );
  });

  it('with an export of VS Code of 50 MB', async () => {
    const bytes = largeExport(50 * MB);
    let chat: Conversation | undefined;
    const block = await longestBlock(async () => (chat = await chatOfBytes(bytes, newId)));
    assert.ok(chat && chat.turns.length > 100);
    recordFigure(
      'S10',
      `an export of ${Math.round(bytes.length / MB)} MB is read with blocks of ${Math.round(block)} ms at most`,
    );
    assert.ok(block < MAX_BLOCK_MS, `${block} ms`);
  });

  it('with a session of 50,000 changes', async () => {
    const changes = Array.from({ length: 50_000 }, (_, index) => ({
      kind: 2,
      k: ['requests', 0, 'response'],
      v: [`${index} `],
    }));
    const bytes = sessionLog({ kind: 0, v: session(requestWith([])) }, ...changes);
    let chat: Conversation | undefined;
    const block = await longestBlock(async () => (chat = await chatOfBytes(bytes, newId)));
    assert.match(JSON.stringify(chat?.turns[0]), /0 1 2 3 .* 49999/);
    assert.ok(block < MAX_BLOCK_MS, `${block} ms`);
  });

  it('with a chat of ten thousand messages', async () => {
    const turns = Array.from({ length: 5000 }, (_, index) => ({
      ...turn(`Why ${index}?`, 'So. '.repeat(500)),
      id: `${index}`,
    }));
    const bytes = encode(serializeChat({ id: 'a', turns }));
    let chat: Conversation | undefined;
    const block = await longestBlock(async () => (chat = await chatOfBytes(bytes, newId)));
    assert.equal(chat?.turns.length, 5000);
    assert.ok(block < MAX_BLOCK_MS, `${block} ms`);
  });

  it('with values of other programs that nest without end', async () => {
    const nested = '[{"a":'.repeat(MB) + '0' + '}]'.repeat(MB);
    const file = JSON.stringify(session(requestWith(['So.'], { result: { metadata: '@' } })));
    let chat: Conversation | undefined;
    const block = await longestBlock(
      async () => (chat = await chatOfBytes(encode(file.replace('"@"', nested)), newId)),
    );
    assert.match(JSON.stringify(chat?.turns[0]), /So\./);
    assert.ok(block < MAX_BLOCK_MS, `${block} ms`);
  });

  const deep = (open: string, close: string): string => `${open.repeat(MB)}${close.repeat(MB)}`;
  const refused: Readonly<Record<string, () => Uint8Array>> = {
    'deeply nested arrays': () => encode(`{"requests":${deep('[', ']')}}`),
    'deeply nested objects': () => encode(`{"sessionId":"","requests":[${deep('{"a":', '')}`),
    'millions of values in one request': () =>
      encode(`{"sessionId":"","requests":[{"message":"","response":[${'0,'.repeat(4 * MB)}0]}]}`),
    '20 MB of text': () => encode(JSON.stringify(session(requestWith(['So '.repeat(7 * MB)])))),
    'only line breaks': () => new Uint8Array(20 * MB).fill(10),
    'an unterminated string': () => encode(`{"sessionId":"${'x'.repeat(20 * MB)}`),
    'lines of a session that are not changes': () =>
      new Uint8Array([...sessionLog({ kind: 0, v: {} }), ...encode('{}\n'.repeat(100_000))]),
  };
  for (const [what, create] of Object.entries(refused)) {
    it(`and refuses ${what}`, async () => {
      const bytes = create();
      const block = await longestBlock(() => assert.rejects(chatOfBytes(bytes, newId), ImportError));
      assert.ok(block < MAX_BLOCK_MS, `${block} ms`);
    });
  }

  it('and reads neither a file of 100 MB nor a device', async () => {
    const folder = scratchFolder();
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
          const { log } = recordingLog();
          const add = (): never => assert.fail('nothing can be added');
          const block = await longestBlock(() => importChats(add, newId, log));
          assert.deepEqual(
            shown.map(({ message }) => message),
            [
              'large.json was not imported. The file is larger than 64 MB.',
              'zero was not imported. This is not a regular file.',
            ],
          );
          assert.ok(block < MAX_BLOCK_MS, `${block} ms`);
        },
      );
    } finally {
      Object.assign(window, { showOpenDialog: original });
    }
  });
});
