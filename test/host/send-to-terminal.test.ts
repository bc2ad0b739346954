import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { sendToTerminal } from '../../src/host/editor/send-to-terminal';
import { messagesDuring, type ShownMessage } from './dialogs';
import { withQuickPick } from './quick-picks';

/** A terminal without a process, which records what would be written to one. */
interface RecordingTerminal {
  readonly terminal: vscode.Terminal;
  readonly received: () => string;
  /** Resolves when it has received a text that ends like this. */
  readonly until: (end: string) => Promise<void>;
}

async function openTerminal(): Promise<RecordingTerminal> {
  let text = '';
  let changed = (): void => undefined;
  const written = new vscode.EventEmitter<string>();
  const opened = Promise.withResolvers<undefined>();
  const terminal = vscode.window.createTerminal({
    name: 'recording',
    pty: {
      onDidWrite: written.event,
      open: () => opened.resolve(undefined),
      close: () => written.dispose(),
      handleInput(data: string) {
        text += data;
        changed();
      },
    },
  });
  terminal.show();
  await opened.promise;
  return {
    terminal,
    received: () => text,
    until: (end) =>
      new Promise((resolve) => {
        changed = () => (text.endsWith(end) ? resolve() : undefined);
        changed();
      }),
  };
}

describe('Send to Terminal', () => {
  let shell: RecordingTerminal;

  beforeEach(async () => {
    shell = await openTerminal();
  });
  afterEach(() => shell.terminal.dispose());

  /** Sends code, and then a marker, so that everything which the code has sent was received. */
  async function sent(code: string, language = 'bash'): Promise<string> {
    const before = shell.received().length;
    const end = `<end ${before}>`;
    await sendToTerminal({ code, language });
    shell.terminal.sendText(end, false);
    await shell.until(end);
    return shell.received().slice(before, -end.length);
  }

  it('writes a command without running it, although its code ends with a line break', async () => {
    assert.equal(await sent('npm test\n'), 'npm test');
  });

  it('writes a command of several lines as one', async () => {
    assert.equal(await sent('# tests\nnpm test \\\n  -- --grep x\n'), 'npm test  -- --grep x');
  });

  it('lets the user select one of several commands, and writes no other', async () => {
    await withQuickPick(
      (items) => items[1],
      async (shown) => {
        assert.equal(await sent('npm ci\nrm -rf "$(pwd)"\nnpm test\n'), 'rm -rf "$(pwd)"');
        assert.deepEqual(
          shown[0]?.map(({ label }) => label),
          ['npm ci', 'rm -rf "$ (pwd)"', 'npm test'],
        );
      },
    );
    await withQuickPick(
      () => undefined,
      async () => assert.equal(await sent('npm ci\nnpm test\n'), ''),
    );
  });

  for (const [name, character] of [
    ['a carriage return', '\r'],
    ['the end of a bracketed paste', '\x1b[201~\r'],
    ['Ctrl+O, which runs a line in Bash', '\x0f'],
    ['Ctrl+C', '\x03'],
    ['a line separator', '\u2028'],
    ['NEL', '\x85'],
    ['a vertical tab', '\x0b'],
  ] as const) {
    it(`never sends ${name}, not even if the user agrees to everything`, async () => {
      let text = '';
      await withQuickPick(
        (items) => items[0],
        async () => {
          await messagesDuring(async () => {
            text = await sent(`ls${character}rm -rf ~`);
          }, 'Clean Up and Send');
        },
      );
      assert.match(text, /^ls/);
      assert.doesNotMatch(text, /[\p{Cc}\u2028\u2029]/u);
    });
  }

  describe('S6 Hidden characters', () => {
    it('are named, and the command is sent only without them', async () => {
      let text = '';
      const send = async (): Promise<void> => void (text = await sent('echo \u202eabc\u202c', 'sh'));
      const [dialog] = (await messagesDuring(send, 'Clean Up and Send')) as readonly [ShownMessage];
      assert.match(dialog.detail, /Right-to-Left Override/);
      assert.deepEqual(dialog.buttons, ['Clean Up and Send']);
      assert.equal(text, 'echo abc');
      await messagesDuring(send);
      assert.equal(text, '');
    });
  });

  it('refuses in a workspace that is not trusted, with the way to trust it', async () => {
    const original = Object.getOwnPropertyDescriptor(vscode.workspace, 'isTrusted');
    Object.defineProperty(vscode.workspace, 'isTrusted', { value: false, configurable: true });
    try {
      const [warning] = await messagesDuring(async () => assert.equal(await sent('ls'), ''));
      assert.match(warning?.message ?? '', /only in trusted workspaces/);
      assert.deepEqual(warning?.buttons, ['Manage Workspace Trust']);
    } finally {
      if (original) Object.defineProperty(vscode.workspace, 'isTrusted', original);
    }
  });

  it('says that there is no command in a comment', async () => {
    const [information] = await messagesDuring(async () => assert.equal(await sent('# only this\n'), ''));
    assert.match(information?.message ?? '', /does not contain a command/);
  });
});
