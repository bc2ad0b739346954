import assert from 'node:assert/strict';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { createChatPlaceholders, type ChatPlaceholders } from '../../src/core/privacy/secret-placeholders';
import type { RequestContent } from '../../src/core/privacy/request-texts';
import type { Attachment } from '../../src/core/prompt/attachment';
import { toMessages } from '../../src/core/prompt/messages';
import { createFileLocator } from '../../src/host/attachments/file-location';
import { createSecretReview, type SecretReview } from '../../src/host/chat/consent/secret-review';
import { realpath as realPathOf } from 'node:fs/promises';
import { readRegularFile } from '../../src/platform/node/regular-file';
import { secretSamples } from '../fixtures/secrets/samples';
import { recordFigure } from '../support/promises';
import { scratchFolder } from '../support/scratch-folder';
import { withDialogs, type ShownMessage } from './dialogs';
import { defaultTerms, turn } from './builders';
import { withGit } from './with-git';

const secret = secretSamples.find(({ kind }) => kind === 'GitHub personal token')?.secret ?? '';
const other = secretSamples.find(({ kind }) => kind === 'npm')?.secret ?? '';
const files = { readRegularFile, realPathOf };
const service = { origin: defaultTerms.origin, apiKey: 'key-of-the-service' };
const replace = 'Replace with Placeholders';

interface Reviewed {
  readonly content: RequestContent | undefined;
  readonly shown: readonly ShownMessage[];
}

type Request = Parameters<SecretReview['review']>[0];

const defaultRequest: Request = {
  chatId: 'c',
  service,
  history: [],
  question: { text: 'Why?' },
  instructions: '',
};

describe('S11 Before a request is sent, the secret review', () => {
  let placeholders: ChatPlaceholders;
  let secretReview: SecretReview;
  let outside: string;
  const root = (): string => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const createdPaths: string[] = [];

  beforeEach(() => {
    placeholders = createChatPlaceholders();
    secretReview = createSecretReview(placeholders, files);
    outside = scratchFolder();
    createdPaths.push(outside);
  });
  afterEach(() => {
    for (const path of createdPaths.splice(0)) rmSync(path, { recursive: true, force: true });
  });

  async function review(request: Partial<Request>, press?: string): Promise<Reviewed> {
    let result: Reviewed | undefined;
    await withDialogs(
      () => press,
      async (shown) => {
        result = { content: await secretReview.review({ ...defaultRequest, ...request }), shown };
      },
    );
    assert.ok(result);
    return result;
  }

  const attached = (attachment: Partial<Attachment>): Partial<Request> => ({
    question: {
      text: 'Why?',
      attachments: [{ kind: 'file', label: 'a.ts', language: '', content: '', ...attachment }],
    },
  });

  function file(name: string, content = 'x\n', where = root()): string {
    const path = join(where, name);
    writeFileSync(path, content);
    createdPaths.push(path);
    return path;
  }

  function link(name: string, to: string): string {
    const path = join(root(), name);
    symlinkSync(to, path);
    createdPaths.push(path);
    return path;
  }

  const from = (path: string): Partial<Request> =>
    attached({ label: 'a', content: 'x', source: { uri: vscode.Uri.file(path).toString() } });

  it('does not ask about harmless content of the workspace', async () => {
    const { content, shown } = await review(from(file('plain.txt')));
    assert.deepEqual(shown, []);
    assert.equal(content?.question.text, 'Why?');
  });

  const places: readonly (readonly [string, Partial<Request>, RegExp])[] = [
    ['the question', { question: { text: `a\n${secret}` } }, /GitHub token: your question, line 2/],
    ['the instructions', { instructions: secret }, /GitHub token: the setting o1mini\.instructions, line 1/],
    ...(['selection', 'file', 'symbol', 'problems', 'changes', 'terminal', 'paste'] as const).map(
      (kind) =>
        [
          `an attachment: ${kind}`,
          attached({ kind, content: `\n\n${secret}` }),
          /GitHub token: a\.ts, line 3/,
        ] as const,
    ),
    [
      'a part of a file, whose lines are those of the file',
      attached({ content: `\n${secret}`, source: { uri: 'untitled:a', lines: [10, 11] } }),
      /GitHub token: a\.ts, line 11/,
    ],
    ['the name of an attachment', attached({ label: secret }), /GitHub token: .*line 1/],
    [
      'an earlier question',
      { history: [turn(`Is ${secret} right?`, 'Yes.')] },
      /GitHub token: your earlier question/,
    ],
    [
      'the question that is continued',
      { requiredTurns: [turn(secret, 'Yes')] },
      /GitHub token: your earlier question/,
    ],
    [
      'an answer of another service',
      { history: [turn('Why?', secret)], service: { origin: 'https://other.example' } },
      /GitHub token: the answer to "Why\?"/,
    ],
    ['the key of the service itself', { question: { text: 'key-of-the-service' } }, /API key: your question/],
  ];
  for (const [where, request, expected] of places) {
    it(`names a secret with its kind and place in ${where}`, async () => {
      const cancelled = await review(request);
      assert.equal(cancelled.content, undefined);
      const [dialog] = cancelled.shown;
      assert.ok(dialog?.modal);
      assert.match(dialog.detail, expected);
      const { content } = await review(request, replace);
      assert.ok(content);
      const { history, requiredTurns = [], question, instructions } = content;
      const messages = toMessages([...history, ...requiredTurns], question, '');
      const sent = [instructions, ...messages.map((message) => message.content)].join('\n');
      assert.ok(!sent.includes(secret));
      assert.match(sent, /SECRET_1/);
    });
  }
  after(() => recordFigure('S11', `secrets in ${places.length} places`));

  it('ignores secrets in answers of the same service', async () => {
    assert.deepEqual((await review({ history: [turn('An example?', secret)] })).shown, []);
  });

  it('does not ask again about approved content in the same chat, but does in another chat and for another service', async () => {
    const question = { text: secret };
    const { content } = await review({ question }, 'Send');
    assert.equal(content?.question.text, secret);
    assert.equal((await review({ question })).shown.length, 0);
    assert.equal((await review({ history: [turn(secret, 'Yes.')] })).shown.length, 0);
    assert.equal((await review({ question, chatId: 'd' })).shown.length, 1);
    assert.equal((await review({ question, service: { origin: 'https://other.example' } })).shown.length, 1);
    assert.match(
      (await review({ question: { text: `${secret} ${other}` } })).shown[0]?.detail ?? '',
      /npm token/,
    );
  });

  it('uses the same placeholder throughout a chat, without asking again', async () => {
    await review({ question: { text: secret } }, replace);
    const { content, shown } = await review({ question: { text: `Again ${secret}` } });
    assert.deepEqual([content?.question.text, shown.length], ['Again SECRET_1', 0]);
    assert.equal(placeholders.of('c').restore('SECRET_1'), secret);
    assert.equal(placeholders.of('d').restore('SECRET_1'), 'SECRET_1');
  });

  it('decides nothing in the preview, which shows placeholders for undecided secrets', async () => {
    const request = { ...defaultRequest, question: { text: `${secret} ${secret}` } };
    const { content, undecided } = await secretReview.preview(request);
    assert.deepEqual([content.question.text, undecided], ['SECRET_1 SECRET_1', 1]);
    assert.equal((await review({ question: { text: secret } })).shown.length, 1);
    await review({ question: { text: secret } }, 'Send');
    assert.equal((await secretReview.preview(request)).content.question.text, `${secret} ${secret}`);
  });

  describe('names a file', () => {
    it('outside the workspace, by its own path or behind a link to it or its folder', async () => {
      const diary = file('diary.txt', 'x', outside);
      mkdirSync(join(outside, 'folder'));
      const letter = file('folder/letter.txt', 'x', outside);
      const linked = [
        [diary, diary],
        [link('todays-diary.txt', diary), diary],
        [join(link('letters', join(outside, 'folder')), 'letter.txt'), letter],
      ] as const;
      for (const [path, real] of linked) {
        const { shown } = await review({ ...from(path), chatId: path });
        assert.match(shown[0]?.message ?? '', /outside the workspace/, path);
        assert.ok(shown[0]?.detail.includes(`a (${real}): outside the workspace`), shown[0]?.detail);
        assert.deepEqual(shown[0]?.buttons, ['Send']);
        await review({ ...from(path), chatId: path }, 'Send');
        assert.equal((await review({ ...from(path), chatId: path })).shown.length, 0);
      }
    });

    it('that was outside when it was read, whatever its name refers to now', async () => {
      const path = file('innocent.txt');
      const source = { uri: vscode.Uri.file(path).toString(), realPath: '/etc/hostname' };
      assert.match((await review(attached({ source }))).shown[0]?.detail ?? '', /\/etc\/hostname/);
    });

    it('whose name or link target suggests secrets, even if it contains none', async () => {
      const env = file('.env', 'PORT=3000\n');
      for (const path of [env, link('innocent', env), file('a.pem', '')]) {
        const { shown } = await review({ ...from(path), chatId: path });
        assert.match(shown[0]?.detail ?? '', /environment file|private key file/, path);
      }
    });

    it('that Git ignores, together with other reasons', async () => {
      const asked: string[] = [];
      const repository = {
        checkIgnore(paths: readonly string[]) {
          asked.push(...paths);
          return Promise.resolve(new Set(paths.filter((path) => path.includes('.env'))));
        },
      };
      const git = { enabled: true, getAPI: () => ({ repositories: [], getRepository: () => repository }) };
      const env = file('.env', 'PORT=3000\n');
      const key = file('a.pem', '');
      await withGit(git, async () => {
        assert.match(
          (await review(from(env))).shown[0]?.detail ?? '',
          /: environment file, ignored by Git$/m,
        );
        assert.match((await review(from(key))).shown[0]?.detail ?? '', /: private key file$/m);
      });
      assert.deepEqual(asked, [env, key]);
      recordFigure('S11', 'files that Git ignores marked');
    });

    it('but not behind links within the workspace', async () => {
      mkdirSync(join(root(), 'packages'));
      createdPaths.push(join(root(), 'packages'));
      const inner = file('packages/inner.txt');
      const { shown } = await review(from(join(link('linked', join(root(), 'packages')), 'inner.txt')));
      assert.deepEqual([shown, inner.length > 0], [[], true]);
    });

    it('but not in a workspace folder that is itself a link', async () => {
      const elsewhere = {
        readRegularFile,
        realPathOf: (path: string) => Promise.resolve(path.replace(root(), '/real')),
      };
      const uri = vscode.Uri.file(join(root(), 'a.txt')).toString();
      const place = await createFileLocator(elsewhere).locate({ uri });
      assert.deepEqual([place?.path, place?.outside], ['/real/a.txt', false]);
    });

    it('but not again when its question is asked again or edited', async () => {
      const request = from(file('note.txt', 'x', outside));
      const previous = turn('Why?', 'So.');
      assert.deepEqual((await review({ ...request, previous })).shown, []);
    });
  });

  it('shows hostile names without links and in limited length, however many there are', async () => {
    const hostile = '[run](command:workbench.action.quit) $(trash) \u202egnp.exe';
    const attachments = Array.from({ length: 1_000 }, (_, at) => ({
      kind: 'file' as const,
      language: '',
      content: secret,
      label: `${hostile}${at}`,
      source: { uri: vscode.Uri.file(join(outside, `${at}`)).toString() },
    }));
    const { shown } = await review({ question: { text: 'Why?', attachments } });
    const detail = shown[0]?.detail ?? '';
    assert.doesNotMatch(detail, /\]\(|\$\(|\u202e/);
    assert.match(detail, /and 988 more/);
    assert.ok(detail.length <= 4_000);
  });

  it('leaves the window responsive during a question of one megabyte', async () => {
    let eventLoopTurns = 0;
    const timer = setInterval(() => eventLoopTurns++, 1);
    const { shown } = await review({
      question: { text: `${'some words of a long text\n'.repeat(40_000)}${secret}` },
    });
    clearInterval(timer);
    assert.match(shown[0]?.detail ?? '', /GitHub token: your question, line 40,?001/);
    assert.ok(eventLoopTurns > 5, `${eventLoopTurns} turns of the event loop`);
  });
});
