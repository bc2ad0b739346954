import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Attachment } from '../../src/core/prompt/attachment';
import {
  createChatAttachmentModel,
  type ChatAttachmentModel,
} from '../../src/host/attachments/attachment-model';
import type { Draft } from '../../src/host/storage/drafts/draft';
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
import { recordingLog } from './recording-log';
import { turn, inMemoryDraft } from './builders';
import { extensionUri, loadTokenizer } from './installed-extension';
import { createPackagedTokenCounter } from '../../src/host/models/packaged-token-counter';
import { scratchFolder } from '../support/scratch-folder';

const { log } = recordingLog();
export const clock = manualClock();

/** The attachment model with the tests in place of a webview. Hooks create another one for each test. */
export interface AttachmentTestContext {
  readonly folder: vscode.Uri;
  /** A folder outside the workspace. */
  readonly outside: string;
  draft: Draft;
  attachments: ChatAttachmentModel;
  /** Whether a webview is visible; true at first. */
  isVisible: boolean;
  readonly notices: readonly (ErrorCard | undefined)[];
  /** Creates the attachment model again from the current draft, as after a reload. */
  reopen(): void;
  readonly root: () => string;
  /** The paths of all files that were read, in order. */
  readonly reads: string[];
  readonly ask: (request: QuestionBoxRequest) => void;
  /** Acts, and resolves with the first result of `find` for the messages that follow. */
  readonly next: <T>(find: (message: ToWebviewMessage) => T | undefined, action: () => void) => Promise<T>;
  /** Acts, and resolves with the chips when each has its token count or a reason. */
  readonly settled: (action: () => void) => Promise<readonly AttachedItemView[]>;
  readonly drop: (...paths: readonly string[]) => Promise<readonly AttachedItemView[]>;
  /** Writes a file, by default into the workspace. */
  readonly file: (name: string, content?: string | Uint8Array, where?: string) => string;
  readonly sent: () => Promise<readonly Attachment[]>;
  /** Resolves with the notice that says why nothing can be sent. */
  readonly refused: () => Promise<ErrorCard>;
  readonly complete: (typed: string, prompts?: boolean) => Promise<readonly CompletionView[]>;
}

export function createAttachmentTestContext(): AttachmentTestContext {
  const counter = createPackagedTokenCounter(extensionUri(), loadTokenizer, log);
  const root = (): string => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  let folder: vscode.Uri;
  let outside: string;
  let draft: Draft;
  let attachments: ChatAttachmentModel;
  let posts: ToWebviewMessage[];
  let notices: (ErrorCard | undefined)[];
  let isVisible: boolean;
  let onPost: (message: ToWebviewMessage) => void;
  const createdPaths: string[] = [];
  const reads: string[] = [];

  beforeEach(() => {
    outside = scratchFolder();
    folder = vscode.Uri.file(scratchFolder());
    draft = inMemoryDraft();
    isVisible = true;
    attachments = open();
  });
  afterEach(async () => {
    attachments.dispose();
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const path of createdPaths.splice(0)) rmSync(path, { recursive: true, force: true });
  });

  function open(): ChatAttachmentModel {
    posts = [];
    notices = [];
    onPost = () => undefined;
    const post = (message: ToWebviewMessage): void => {
      posts.push(message);
      onPost(message);
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
      isVisible: () => isVisible,
      post,
      setNotice: (notice) => void notices.push(notice),
      onChange: () => undefined,
    });
  }

  const ask = (request: QuestionBoxRequest): void =>
    attachments.receive(request, (message) => {
      posts.push(message);
      onPost(message);
    });

  function next<T>(find: (message: ToWebviewMessage) => T | undefined, action: () => void): Promise<T> {
    return new Promise((resolve) => {
      onPost = (message) => {
        const found = find(message);
        if (found !== undefined) resolve(found);
      };
      action();
    });
  }

  const settled = (action: () => void): Promise<readonly AttachedItemView[]> =>
    next((message) => {
      if (message.type !== 'attachments') return undefined;
      const isSettled = message.attachments.every(
        ({ tokens, reason }) => tokens !== '' || reason !== undefined,
      );
      return isSettled ? message.attachments : undefined;
    }, action);

  const drop = (...paths: readonly string[]): Promise<readonly AttachedItemView[]> =>
    settled(() => ask({ type: 'drop', uris: paths.map((path) => vscode.Uri.file(path).toString()) }));

  function file(name: string, content: string | Uint8Array = 'x = 1\n', where = root()): string {
    const path = join(where, name);
    writeFileSync(path, content);
    createdPaths.push(path);
    return path;
  }

  async function sent(): Promise<readonly Attachment[]> {
    const read = await attachments.readAll();
    assert.ok(read, JSON.stringify(notices));
    return [...read.values()];
  }

  async function refused(): Promise<ErrorCard> {
    assert.equal(await attachments.readAll(), undefined);
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
    get attachments() {
      return attachments;
    },
    set attachments(next) {
      attachments = next;
    },
    get isVisible() {
      return isVisible;
    },
    set isVisible(next) {
      isVisible = next;
    },
    get notices() {
      return notices;
    },
    reopen() {
      attachments.dispose();
      attachments = open();
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
