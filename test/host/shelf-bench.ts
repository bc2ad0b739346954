import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Attachment } from '../../src/core/prompt/attachment';
import {
  createChatAttachmentModel,
  type ChatAttachmentModel,
} from '../../src/host/attachments/attachment-model';
import type { Draft } from '../../src/host/storage/drafts/draft-store';
import type {
  AttachedItemView,
  QuestionBoxRequest,
  CompletionView,
  ErrorCard,
  ToWebviewMessage,
} from '../../src/protocol/messages';
import { realpath as realPathOf } from 'node:fs/promises';
import { readRegularFile } from '../../src/platform/node/regular-file';
import { manualClock } from '../support/wire';
import { listeningLog } from './listening-log';
import { turn, unkeptDraft } from './builders';
import { extensionUri, loadTokenizer } from './packaged';
import { createPackagedTokenCounter } from '../../src/host/models/token-counter';

const { log } = listeningLog();
export const clock = manualClock();

/** What goes with a question, with the tests in the place of the pages. Hooks make a new shelf for each test. */
export interface ShelfBench {
  readonly folder: vscode.Uri;
  /** A folder that is none of the workspace. */
  readonly outside: string;
  draft: Draft;
  shelf: ChatAttachmentModel;
  readonly notices: readonly (ErrorCard | undefined)[];
  /** Another shelf upon the draft as it is now, as after a reload. */
  reopen(): void;
  readonly root: () => string;
  /** The paths of all files that were read, in this order. */
  readonly reads: string[];
  readonly ask: (request: QuestionBoxRequest) => void;
  /** What is wanted of the messages from now on. */
  readonly next: <T>(wanted: (message: ToWebviewMessage) => T | undefined, action: () => void) => Promise<T>;
  /** The chips once each is counted or refused. */
  readonly settled: (action: () => void) => Promise<readonly AttachedItemView[]>;
  readonly drop: (...paths: readonly string[]) => Promise<readonly AttachedItemView[]>;
  /** Writes a file, in the workspace where nothing else is said. */
  readonly file: (name: string, content?: string | Uint8Array, where?: string) => string;
  readonly sent: () => Promise<readonly Attachment[]>;
  /** Why nothing was sent. */
  readonly refused: () => Promise<ErrorCard>;
  readonly complete: (typed: string, prompts?: boolean) => Promise<readonly CompletionView[]>;
}

export function shelfBench(): ShelfBench {
  const counter = createPackagedTokenCounter(extensionUri(), loadTokenizer, log);
  const root = (): string => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  let folder: vscode.Uri;
  let outside: string;
  let draft: Draft;
  let shelf: ChatAttachmentModel;
  let posts: ToWebviewMessage[];
  let notices: (ErrorCard | undefined)[];
  let told: (message: ToWebviewMessage) => void;
  const made: string[] = [];
  const reads: string[] = [];

  beforeEach(() => {
    outside = mkdtempSync(join(tmpdir(), 'o1mini-outside-'));
    folder = vscode.Uri.file(mkdtempSync(join(tmpdir(), 'o1mini-draft-')));
    draft = unkeptDraft();
    shelf = open();
  });
  afterEach(async () => {
    shelf.dispose();
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
  });

  function open(): ChatAttachmentModel {
    posts = [];
    notices = [];
    told = () => undefined;
    const post = (message: ToWebviewMessage): void => {
      posts.push(message);
      told(message);
    };
    return createChatAttachmentModel({
      draft,
      editor: {
        get current() {
          return vscode.window.activeTextEditor;
        },
        onDidChange: new vscode.EventEmitter<void>().event,
        dispose: () => undefined,
      },
      counter,
      log,
      clock,
      files: {
        readRegularFile(path, limit) {
          reads.push(path);
          return readRegularFile(path, limit);
        },
        realPathOf,
      },
      turns: () => [turn('Who?', 'Ada.')],
      post,
      setNotice: (notice) => void notices.push(notice),
      onChange: () => undefined,
    });
  }

  const ask = (request: QuestionBoxRequest): void =>
    shelf.receive(request, (message) => {
      posts.push(message);
      told(message);
    });

  /** The messages from now on, up to the first that is wanted. */
  function next<T>(wanted: (message: ToWebviewMessage) => T | undefined, action: () => void): Promise<T> {
    return new Promise((resolve) => {
      told = (message) => {
        const found = wanted(message);
        if (found !== undefined) resolve(found);
      };
      action();
    });
  }

  /** The chips once each is counted or refused. */
  const settled = (action: () => void): Promise<readonly AttachedItemView[]> =>
    next((message) => {
      if (message.type !== 'attachments') return undefined;
      const whole = message.attachments.every(({ tokens, reason }) => tokens !== '' || reason !== undefined);
      return whole ? message.attachments : undefined;
    }, action);

  const drop = (...paths: readonly string[]): Promise<readonly AttachedItemView[]> =>
    settled(() => ask({ type: 'drop', uris: paths.map((path) => vscode.Uri.file(path).toString()) }));

  function file(name: string, content: string | Uint8Array = 'x = 1\n', where = root()): string {
    const path = join(where, name);
    writeFileSync(path, content);
    made.push(path);
    return path;
  }

  async function sent(): Promise<readonly Attachment[]> {
    const taken = await shelf.readAll();
    assert.ok(taken, JSON.stringify(notices));
    return [...taken.values()];
  }

  /** Why nothing was sent. */
  async function refused(): Promise<ErrorCard> {
    assert.equal(await shelf.readAll(), undefined);
    const notice = notices.at(-1);
    assert.ok(notice);
    return notice;
  }

  async function complete(typed: string, prompts = false): Promise<readonly CompletionView[]> {
    return next(
      (message) => (message.type === 'response' ? (message.result as readonly CompletionView[]) : undefined),
      () => ask({ type: 'getCompletions', requestId: 1, prompts, typed }),
    );
  }

  return {
    get folder() {
      return folder;
    },
    get outside() {
      return outside;
    },
    get draft() {
      return draft;
    },
    set draft(next) {
      draft = next;
    },
    get shelf() {
      return shelf;
    },
    set shelf(next) {
      shelf = next;
    },
    get notices() {
      return notices;
    },
    reopen() {
      shelf.dispose();
      shelf = open();
    },
    root,
    reads,
    ask,
    next,
    settled,
    drop,
    file,
    sent,
    refused,
    complete,
  };
}
