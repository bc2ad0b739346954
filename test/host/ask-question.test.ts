import assert from 'node:assert/strict';
import type { Attachment } from '../../src/core/prompt/attachment';
import type { AttachmentEntry } from '../../src/host/attachments/attachment-entry';
import { askQuestion } from '../../src/host/chat/ask-question';
import { createChatServiceContext, nextEnd } from './chat-service-test-context';

describe('A question of a command', () => {
  const context = createChatServiceContext();
  const { withServer, sentBodies } = context;
  const selection: Attachment = { kind: 'selection', label: 'a.c:1', language: 'c', content: 'int a;' };
  const problems: Attachment = { kind: 'problems', label: 'Problems', language: '', content: 'wrong' };

  /** Resolves with what was put into the question box. */
  async function ask(wasHidden: boolean): Promise<readonly object[]> {
    const composed: object[] = [];
    const added: AttachmentEntry[] = [];
    await askQuestion(
      { text: 'Fix this.', attachments: [selection, problems] },
      {
        ...context,
        attachments: { add: (entries) => void added.push(...entries) },
        queue: { load: () => assert.fail('the question was queued') },
        bringToFront: () => Promise.resolve({ wasHidden }),
        compose: (options) => Promise.resolve(void composed.push(options)),
      },
    );
    return [...composed, ...added.flatMap((entry) => (entry.kind === 'snapshot' ? [entry.attachment] : []))];
  }

  it('is sent once the chat is shown', () =>
    withServer({}, async () => {
      assert.deepEqual(await ask(false), []);
      await nextEnd(context.session);
      assert.match(sentBodies()[0]?.messages.at(-1)?.content ?? '', /^Fix this\./);
    }));

  it('is put into the question box if the user has hidden the chat before it was ready', () =>
    withServer({}, async () => {
      assert.deepEqual(await ask(true), [{ withSelection: true, text: 'Fix this.' }, problems]);
      assert.deepEqual(context.api.requests, []);
    }));
});
