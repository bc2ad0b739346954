import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Attachment } from '../../src/core/prompt/attachment';
import type { AttachmentEntry, ResolvedEntry } from '../../src/host/attachments/attachment-entry';
import { askQuestion } from '../../src/host/chat/ask-question';
import { createQuestionQueue, type QuestionQueue } from '../../src/host/chat/question-queue';
import type { Draft } from '../../src/host/storage/drafts/draft';
import type { QueuedQuestionView } from '../../src/protocol/messages';
import { pausedAnswer } from '../e2e/replies';
import { createChatServiceContext, nextEnd } from './chat-service-test-context';
import { inMemoryDraft } from './builders';

const code: AttachmentEntry = {
  kind: 'snapshot',
  id: 'a',
  attachment: { kind: 'paste', label: 'ring.c', language: 'c', content: 'int a;' },
};
const missing: AttachmentEntry = { kind: 'file', id: 'b', uri: 'file:///gone/old.py' };

describe('A question that is sent while an answer is in progress', () => {
  const context = createChatServiceContext();
  const { withServer, sentBodies } = context;
  let draft: Draft;
  let queue: QuestionQueue;
  let shown: readonly QueuedQuestionView[];
  let added: AttachmentEntry[];
  let onPost: () => void;
  let onResolve: () => void;

  beforeEach(() => {
    draft = inMemoryDraft();
    [shown, added, onPost, onResolve] = [[], [], () => undefined, () => undefined];
    queue = open();
  });

  function open(): QuestionQueue {
    return createQuestionQueue({
      ...context,
      draft,
      editor: { current: undefined },
      attachments: {
        add: (entries) => void added.push(...entries),
        resolve(entries) {
          onResolve();
          return Promise.resolve(entries.map(resolved));
        },
      },
      postAll(message) {
        assert.ok(message.type === 'queue');
        shown = message.questions;
        onPost();
      },
    });
  }

  /** Resolves when the webviews show this. */
  function until(expected: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      onPost = () => (expected() ? resolve() : undefined);
      onPost();
    });
  }

  const notes = (): readonly string[] => shown.map(({ text, note }) => `${text} ${note}`);
  const prompts = (): readonly (string | undefined)[] =>
    sentBodies().map(({ messages }) => messages.at(-1)?.content);

  /** Asks a question whose answer pauses in the middle, and then checks what happens to others. */
  function duringAnswer(check: (resume: () => void) => Promise<void>): Promise<void> {
    return withServer({}, async () => {
      const { reply, resume } = pausedAnswer(['One', ' two'], 0);
      context.api.script(reply);
      const answering = new Promise<void>((resolve) => {
        context.session.onChange((event) => (event?.type === 'text' ? resolve() : undefined));
      });
      assert.equal(await context.chatService.sendRequest({ text: 'First?' }), 'accepted');
      await answering;
      await check(resume);
      await context.session.stop();
      await context.sessions.shown.stop();
    });
  }

  it('waits in the draft, and is sent after the answer, one after the other', () =>
    duringAnswer(async (resume) => {
      assert.ok(queue.add('Second?', false));
      assert.ok(queue.add('Third?', false));
      assert.deepEqual(notes(), [
        'Second? Queued until the answer ends',
        'Third? Queued until the answer ends',
      ]);
      assert.equal(draft.state.queued.length, 2);
      resume();
      await until(() => shown.length === 0);
      await nextEnd(context.session);
      assert.deepEqual(prompts(), ['First?', 'Second?', 'Third?']);
      assert.equal(sentBodies()[2]?.messages.length, 5);
      assert.deepEqual([draft.state.queued, draft.state.asked], [[], ['Second?', 'Third?']]);
    }));

  it('stays when the answer is stopped, and is sent when the user says so', () =>
    duringAnswer(async () => {
      queue.add('Second?', false);
      await context.session.stop();
      assert.deepEqual(notes(), ['Second? Not sent because the answer was stopped']);
      assert.equal(shown[0]?.isWaiting, false);
      assert.deepEqual(prompts(), ['First?']);
      queue.receive({ type: 'sendQueued', id: shown[0].id });
      await until(() => shown.length === 0);
      assert.equal(prompts()[1] ?? 'Second?', 'Second?');
    }));

  it('stays when the answer fails, and is sent after the next answer when the user says so', () =>
    withServer({ maxRetries: 0 }, async () => {
      const { reply, resume } = pausedAnswer(['One', ' two'], 0);
      context.api.script({ kind: 'status', status: 400, body: '{"error":{"message":"no"}}' });
      context.api.script(reply);
      await context.chatService.sendRequest({ text: 'First?' });
      queue.add('Second?', false);
      await until(() => shown[0]?.isWaiting === false);
      assert.deepEqual(notes(), ['Second? Not sent because the answer failed']);
      await context.session.whenIdle();
      await context.chatService.sendRequest({ text: 'Again?' });
      queue.receive({ type: 'sendQueued', id: shown[0]?.id ?? '' });
      assert.deepEqual(notes(), ['Second? Queued until the answer ends']);
      resume();
      await until(() => shown.length === 0);
      await nextEnd(context.session);
      assert.deepEqual(prompts(), ['First?', 'Again?', 'Second?']);
    }));

  it('stays with its chat, which is not shown when the answer ends', () =>
    duringAnswer(async (resume) => {
      queue.add('Second?', false);
      const chat = context.session.conversation;
      context.sessions.show();
      assert.deepEqual(shown, []);
      const ended = nextEnd(context.session);
      resume();
      await ended;
      await context.session.whenIdle();
      context.sessions.show(context.sessions.find(chat.id)?.conversation ?? context.session.conversation);
      await until(() => shown[0]?.isWaiting === false);
      assert.deepEqual(notes(), ['Second? Not sent because another chat was open']);
      assert.deepEqual(prompts(), ['First?']);
    }));

  it('stays with its chat if another one is opened while its attachments are read', () =>
    duringAnswer(async (resume) => {
      queue.add('Second?', false);
      const { id } = context.session.conversation;
      const opened = new Promise<void>((resolve) => {
        onResolve = () => {
          context.sessions.show();
          resolve();
        };
      });
      resume();
      await opened;
      context.sessions.show(context.sessions.find(id)?.conversation ?? context.session.conversation);
      await until(() => shown[0]?.isWaiting === false);
      assert.match(notes()[0] ?? '', /^Second\? Not sent/);
      assert.deepEqual(prompts(), ['First?']);
    }));

  it('is sent while one of another chat waits for the user', () =>
    duringAnswer(async (resume) => {
      const asked: string[] = [];
      const second = new Promise<void>((resolve) => {
        context.chatService.sendRequest = ({ text }) => {
          asked.push(text);
          if (asked.length === 2) resolve();
          return new Promise(() => undefined);
        };
      });
      queue.add('Of the first chat?', false);
      const ended = nextEnd(context.session);
      resume();
      await ended;
      await context.session.whenIdle();
      context.sessions.show();
      queue.add('Of the second chat?', false);
      await second;
      assert.deepEqual(asked, ['Of the first chat?', 'Of the second chat?']);
    }));

  it('is still there after a reload, which has interrupted the answer', () =>
    duringAnswer(async () => {
      draft.update({ references: [code] });
      queue.add('Second?', false);
      queue = open();
      queue.post();
      assert.deepEqual(notes(), ['Second? Not sent · 1 attachment']);
      await context.session.stop();
      queue.receive({ type: 'sendQueued', id: shown[0]?.id ?? '' });
      await until(() => shown.length === 0);
      await nextEnd(context.session);
      assert.equal(prompts()[1], 'Second?\n\nring.c\n```c\nint a;\n```');
    }));

  it('returns to the question box with its attachments, or is removed', () =>
    duringAnswer(async (resume) => {
      draft.update({ references: [code] });
      const content = queue.add('Second?', false);
      assert.deepEqual(content, { question: { text: 'Second?' }, attachmentIds: ['a'] });
      draft.update({ references: [] });
      queue.add('Third?', false);
      const [second, third] = shown;
      assert.ok(second && third);
      queue.receive({ type: 'editQueued', id: second.id });
      queue.receive({ type: 'removeQueued', id: third.id });
      assert.deepEqual([shown, draft.state.queued, added], [[], [], [code]]);
      const ended = nextEnd(context.session);
      resume();
      await ended;
      assert.deepEqual(prompts(), ['First?']);
    }));

  it('stays if an attachment can no longer be read, and says which', () =>
    duringAnswer(async (resume) => {
      draft.update({ references: [code, missing] });
      queue.add('Second?', false);
      draft.update({ references: [] });
      queue.add('Third?', false);
      resume();
      await until(() => shown.every(({ isWaiting }) => !isWaiting));
      assert.deepEqual(notes(), [
        'Second? Not sent: old.py: no longer exists · 2 attachments',
        'Third? Not sent because an earlier question was not sent',
      ]);
      assert.deepEqual(prompts(), ['First?']);
    }));

  it('stays if the user does not agree to send it', () =>
    duringAnswer(async (resume) => {
      context.chatService.sendRequest = () => Promise.resolve('cancelled');
      queue.add('Second?', false);
      resume();
      await until(() => shown[0]?.isWaiting === false);
      assert.deepEqual(notes(), ['Second? Not sent']);
    }));

  it('is sent at once if the answer has ended before it was queued', () =>
    withServer({}, async () => {
      queue.add('Second?', false);
      await until(() => shown.length === 0);
      await nextEnd(context.session);
      assert.deepEqual(prompts(), ['Second?']);
    }));

  it('stays in the question box if there is nothing to send, or 20 others wait', () =>
    duringAnswer(() => {
      assert.equal(queue.add(' \n', false), undefined);
      for (let count = 0; count < 20; count++) assert.ok(queue.add(`Question ${count}`, false));
      assert.equal(queue.add('One more', false), undefined);
      assert.equal(draft.state.queued.length, 20);
      return Promise.resolve();
    }));

  it('may be one of a command for selected code, which is queued with its code', () =>
    duringAnswer(async (resume) => {
      const composed: object[] = [];
      const services = {
        ...context,
        attachments: { add: (entries: readonly AttachmentEntry[]) => void added.push(...entries) },
        queue: { load: () => Promise.resolve(queue) },
        bringToFront: () => Promise.resolve({ wasHidden: false }),
        compose: (options: object) => Promise.resolve(void composed.push(options)),
      };
      const selection: Attachment = {
        kind: 'selection',
        label: 'ring.c:1',
        language: 'c',
        content: 'int a;',
      };
      await askQuestion({ text: 'Fix this.', attachments: [selection] }, services);
      assert.deepEqual(notes(), ['Fix this. Queued until the answer ends · 1 attachment']);
      assert.deepEqual([composed, added], [[], []]);
      resume();
      await until(() => shown.length === 0);
      await nextEnd(context.session);
      assert.match(prompts()[1] ?? '', /^Fix this\.\n\nring\.c:1\n```c\nint a;\n```$/);
      const { turns } = context.session.conversation;
      assert.deepEqual(turns[1]?.question.attachments, [selection]);
    }));
});

function resolved(entry: AttachmentEntry): ResolvedEntry {
  return entry.kind === 'snapshot'
    ? [entry, { kind: 'usable', attachment: entry.attachment }]
    : [entry, { kind: 'unusable', reason: vscode.l10n.t('no longer exists') }];
}
