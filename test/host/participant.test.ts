import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Conversation } from '../../src/core/chat/conversation';
import { createAttachmentResolver } from '../../src/host/attachments/attachment-resolver';
import { createParticipant, type Participant } from '../../src/host/vscode-chat/participant';
import { createChatServiceContext } from './chat-service-test-context';
import { messagesDuring, withDialogs } from './dialogs';
import { installedExtension } from './installed-extension';
import { errorDescriptions } from './webview-sync-services';
import { withSettings } from './with-settings';

/** The response of the participant to one question. */
interface Shown {
  text: string;
  readonly references: string[];
  readonly buttons: vscode.Command[];
  result: vscode.ChatResult;
}

type Asked = Partial<Pick<vscode.ChatRequest, 'command' | 'references' | 'model'>>;

const chunk = (delta: object, reason: string | null = null): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`;

describe('@o1mini', () => {
  const context = createChatServiceContext();
  const { sentBodies, withServer } = context;
  let participant: Participant;
  let opened: Conversation[];
  let selectedCode: readonly { readonly label: string; readonly content: string }[];

  beforeEach(() => {
    opened = [];
    selectedCode = [];
    participant = createParticipant({
      ...context.oneShot,
      errors: errorDescriptions,
      resolve: createAttachmentResolver(),
      readCode: () =>
        Promise.resolve(
          selectedCode.map((code) => ({ kind: 'selection', language: 'python', ...code }) as const),
        ),
      openConversation: (conversation) => {
        opened.push(conversation);
        return Promise.resolve();
      },
    });
  });

  async function ask(
    prompt: string,
    { command, references = [], model }: Asked = {},
    history: vscode.ChatContext['history'] = [],
    token: vscode.CancellationToken = new vscode.CancellationTokenSource().token,
  ): Promise<Shown> {
    const shown: Shown = { text: '', references: [], buttons: [], result: {} };
    const stream = {
      markdown: (text: string) => void (shown.text += text),
      progress: () => undefined,
      reference: (value: vscode.Uri | vscode.Location) =>
        void shown.references.push(('uri' in value ? value.uri : value).path.split('/').at(-1) ?? ''),
      button: (button: vscode.Command) => void shown.buttons.push(button),
    } as unknown as vscode.ChatResponseStream;
    const request = {
      prompt,
      command,
      references,
      model: model ?? ({ vendor: 'other', id: 'other-model' } as vscode.LanguageModelChat),
    } as unknown as vscode.ChatRequest;
    shown.result = await participant.handle(request, { history }, stream, token);
    return shown;
  }

  /** The history that VS Code passes after a question. */
  function historyOf(prompt: string, { text, result }: Shown): vscode.ChatContext['history'] {
    const part = new vscode.ChatResponseMarkdownPart(text);
    return [
      Object.assign(Object.create(vscode.ChatRequestTurn.prototype) as vscode.ChatRequestTurn, { prompt }),
      Object.assign(Object.create(vscode.ChatResponseTurn.prototype) as vscode.ChatResponseTurn, {
        response: [part],
        result,
      }),
    ];
  }

  it('answers as Markdown while the answer arrives, and offers to continue in our chat', () =>
    withServer({}, async () => {
      context.api.script({ kind: 'answer', text: 'A **monad** is a monoid.' });
      const shown = await ask('What is a monad?');
      assert.equal(shown.text, 'A **monad** is a monoid.');
      assert.deepEqual(
        shown.buttons.map(({ title, command }) => [title, command]),
        [['Continue in o1-mini Chat', 'o1mini.continueInChat']],
      );
      assert.equal(shown.result.errorDetails, undefined);
    }));

  it('continues in our chat with the questions, the answers and the attachments of the thread', () =>
    withServer({}, async () => {
      selectedCode = [{ label: 'a.py:1', content: 'x = 1' }];
      const first = await ask('', { command: 'explain' });
      const second = await ask('And then?', {}, historyOf('', first));
      await participant.continueInChat(second.buttons[0]?.arguments?.[0]);
      const [conversation] = opened;
      assert.equal(conversation?.turns.length, 2);
      assert.equal(conversation.turns[0]?.question.attachments?.[0]?.content, 'x = 1');
      assert.equal(conversation.turns[1]?.question.text, 'And then?');
    }));

  it('keeps the attachments of the thread after a question that was not sent', () =>
    withServer({}, async () => {
      selectedCode = [{ label: 'a.py:1', content: 'x = 1' }];
      const first = await ask('', { command: 'explain' });
      const thread = historyOf('', first);
      selectedCode = [];
      const failed = await ask('  ', {}, thread);
      assert.match(failed.result.errorDetails?.message ?? '', /Ask a question/);
      await ask('And then?', {}, [...thread, ...historyOf('  ', failed)]);
      const messages = sentBodies().at(-1)?.messages ?? [];
      assert.equal(messages.length, 3);
      assert.match(messages[0]?.content ?? '', /x = 1/);
    }));

  it('says so if the conversation is not known any more', async () => {
    const [message] = await messagesDuring(() => participant.continueInChat('unknown'));
    assert.match(message?.message ?? '', /no longer in memory/);
    assert.deepEqual(opened, []);
  });

  it('sends the thread so far, also after a reload', () =>
    withServer({}, async () => {
      context.api.script({ kind: 'answer', text: '41.' });
      const first = await ask('My number?');
      const history = historyOf('My number?', first);
      await ask('And plus one?', {}, history);
      const forgotten = historyOf('My number?', { ...first, result: { metadata: { answer: 'unknown' } } });
      await ask('And plus one?', {}, forgotten);
      const [, second, third] = sentBodies();
      const expected = [
        { role: 'user', content: 'My number?' },
        { role: 'assistant', content: '41.' },
        { role: 'user', content: 'And plus one?' },
      ];
      assert.deepEqual([second?.messages, third?.messages], [expected, expected]);
    }));

  it('sends the files and ranges that are attached, shows them, and says what cannot be attached', () =>
    withServer({}, async () => {
      const document = await vscode.workspace.openTextDocument({
        content: 'one\ntwo\nthree',
        language: 'plaintext',
      });
      const location = new vscode.Location(document.uri, new vscode.Range(1, 0, 1, 3));
      const [file] = await vscode.workspace.findFiles('orbits.py');
      assert.ok(file);
      const missing = file.with({ path: `${file.path}.none` });
      const references = [file, location, missing, { image: true }].map((value, index) => ({
        id: `r${index}`,
        value,
      }));
      const { text, references: listed } = await ask('Compare.', { references });
      const content = sentBodies()[0]?.messages[0]?.content ?? '';
      assert.match(content, /^Compare\.\n\norbits\.py\n```python\n/);
      assert.match(content, /:2\n```plaintext\ntwo\n```/);
      assert.doesNotMatch(content, /three/);
      assert.equal(listed.length, 2);
      assert.match(text, /^Not attached: .*orbits\.py\.none \(no longer exists\)\./);
      assert.match(text, /Not attached: r3 \(this kind of attachment is not supported\)\./);
    }));

  const commands = { explain: /^Explain this code/, fix: /wrong with this code/, tests: /^Write tests/ };
  for (const [command, prompt] of Object.entries(commands)) {
    it(`asks about the selected code if nothing is attached: /${command}`, () =>
      withServer({}, async () => {
        selectedCode = [{ label: 'a.py:1', content: 'x = 1' }];
        await ask('', { command });
        const content = sentBodies()[0]?.messages[0]?.content ?? '';
        assert.match(content, prompt);
        assert.match(content, /a\.py:1\n```python\nx = 1\n```$/);
      }));
  }

  it('solves a problem with the prompt of the settings, if they have one: /math', () =>
    withServer({ prompts: [{ name: 'math', prompt: 'Prove formally:' }] }, async () => {
      await ask('1 + 1 = 2', { command: 'math' });
      assert.equal(sentBodies()[0]?.messages[0]?.content, 'Prove formally:\n\n1 + 1 = 2');
    }));

  it('asks the question of a command about code where no code is selected', () =>
    withServer({}, async () => {
      await ask('What is a tree?', { command: 'explain' });
      assert.match(sentBodies()[0]?.messages[0]?.content ?? '', /^Explain this code.*\n\nWhat is a tree\?$/s);
    }));

  it('sends nothing if there is nothing to ask', () =>
    withServer({}, async () => {
      const { result } = await ask('', { command: 'fix' });
      assert.match(result.errorDetails?.message ?? '', /select code/);
      assert.match((await ask('  ')).result.errorDetails?.message ?? '', /Ask a question/);
      assert.equal(context.api.requests.length, 0);
    }));

  it('uses our model that is selected in the chat of VS Code, and otherwise that of the settings', () =>
    withServer({}, async () => {
      await ask('Why?', { model: { vendor: 'aimlapi', id: 'o4-mini' } as vscode.LanguageModelChat });
      await ask('Why?');
      assert.deepEqual(
        sentBodies().map(({ model }) => model),
        ['o4-mini', 'o1-mini'],
      );
    }));

  it('ends the request that is cancelled in the thinking, and shows no error', () =>
    withServer({}, async () => {
      context.api.script({ kind: 'answer', text: 'Late', thinkingMs: 600_000 });
      const source = new vscode.CancellationTokenSource();
      const answered = ask('Think', {}, [], source.token);
      while (context.api.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
      source.cancel();
      const { text, result } = await answered;
      assert.equal(await context.api.requests[0]?.ended, 'closedEarly');
      assert.deepEqual([text, result.errorDetails], ['', undefined]);
    }));

  it('says that nothing was sent if the user gives no key', async () => {
    context.storedKey = undefined;
    await withSettings({ baseUrl: 'https://api.example/v1' }, async () => {
      const { result } = await ask('Why?');
      assert.match(result.errorDetails?.message ?? '', /Nothing was sent/);
    });
  });

  it('explains an error of the service without a link that works, after the text before it', () =>
    withServer({}, async () => {
      const failure = `data: ${JSON.stringify({ error: { message: '[x](command:o1mini.deleteApiKey)' } })}\n\n`;
      context.api.script({ kind: 'stream', chunks: [chunk({ content: 'One' }), failure], end: 'close' });
      const { text, result } = await ask('Why?');
      assert.equal(text, 'One');
      assert.match(result.errorDetails?.message ?? '', /The service interrupted the answer/);
      assert.doesNotMatch(result.errorDetails?.message ?? '', /\]\(command/);
    }));

  it('asks before a secret is sent, and shows it in the answer in the place of its placeholder', () =>
    withServer({}, async () => {
      const token = `ghp_${'a1B2'.repeat(9)}`;
      context.api.script({ kind: 'answer', text: '', deltas: ['Use SEC', 'RET_1 ', 'there.'] });
      await withDialogs(
        ({ buttons }) => buttons.find((label) => label.startsWith('Replace')),
        async (dialogs) => {
          const { text } = await ask(`Where does ${token} go?`);
          assert.equal(dialogs.length, 1);
          assert.equal(sentBodies()[0]?.messages[0]?.content, 'Where does SECRET_1 go?');
          assert.equal(text, `Use ${token} there.`);
        },
      );
    }));

  it('counts the cost of its answers', () =>
    withServer({}, async () => {
      await ask('Why?');
      assert.ok((await context.spending.usdToday()) > 0);
    }));

  it('suggests what usually follows a command, and nothing after an error', async () => {
    const token = new vscode.CancellationTokenSource().token;
    const labels = async (result: vscode.ChatResult): Promise<readonly unknown[]> =>
      ((await participant.provideFollowups(result, { history: [] }, token)) ?? []).map(
        ({ command }) => command,
      );
    assert.deepEqual(await labels({ metadata: { command: 'explain' } }), ['fix', 'tests']);
    assert.deepEqual(await labels({ metadata: { command: 'math' }, errorDetails: { message: '' } }), []);
  });

  it('has in the manifest every command that it handles', () => {
    const { contributes } = installedExtension().packageJSON as {
      contributes: { chatParticipants: { name: string; commands: { name: string }[] }[] };
    };
    const names = contributes.chatParticipants.map((each) => [
      each.name,
      ...each.commands.map(({ name }) => name),
    ]);
    assert.deepEqual(names, [['o1mini', 'explain', 'fix', 'tests', 'math']]);
  });
});
