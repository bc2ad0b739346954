import { setTimeout as wait } from 'node:timers/promises';
import type { ChatWorkspace } from '../../../src/core/chat/stored-chat';
import type { FileFolder } from '../../../src/core/file-folder';
import { openDraftStore, type DraftStore } from '../../../src/host/storage/drafts/draft-store';
import { createDiskFolder } from '../../../src/platform/node/file-folder';
import { manualClock } from '../../support/wire';
import { collectingLog } from './builders';
import { scratchFolder } from './store-fixture';

export const folderA: ChatWorkspace = { id: 'a', name: 'a', folders: ['file:///a'] };
export const folderB: ChatWorkspace = { id: 'b', name: 'b', folders: ['file:///b'] };
export const bothFolders: ChatWorkspace = {
  id: 'untitled',
  name: 'both',
  folders: ['file:///a', 'file:///b'],
};

/** A window with its draft. */
export interface DraftWindow {
  readonly drafts: DraftStore;
  /** The number of times that another draft has been opened in this window. */
  openCount(): number;
  /** Ends normally, as when the window is reloaded or closed. */
  end(): Promise<void>;
  /** Ends without releasing the draft, as when the window is killed. */
  kill(): void;
}

interface Options {
  readonly session?: string;
  readonly hint?: string;
  /** True after the browser was killed: the extension host still runs, but its window does not respond. */
  readonly isUnresponsive?: () => boolean;
}

/** A machine whose windows share a folder and a clock. */
export class Machine {
  readonly clock = manualClock();
  private readonly runningIds = new Set<number>();
  private windowCount = 0;
  private runningOperations = 0;

  readonly path = scratchFolder();

  constructor() {
    this.clock.advance(1e12);
  }

  async open(workspace?: ChatWorkspace, options: Options = {}): Promise<DraftWindow> {
    const { clock, runningIds } = this;
    const id = ++this.windowCount;
    runningIds.add(id);
    let openCount = 0;
    const whileRunning = (callback: () => void): void => {
      if (runningIds.has(id)) callback();
    };
    const drafts = await openDraftStore({
      folder: this.openFolder(),
      clock: {
        now: () => clock.now(),
        after: (ms, callback) => clock.after(ms, () => whileRunning(callback)),
      },
      log: collectingLog().log,
      session: options.session ?? crypto.randomUUID(),
      process: { id, isRunning: (other) => runningIds.has(other) },
      windowAnswers: () => (options.isUnresponsive?.() ? new Promise(() => undefined) : Promise.resolve()),
      workspace,
      hint: options.hint,
      newId: () => crypto.randomUUID(),
      isUntouched: () => true,
      onDidOpen: () => openCount++,
      onDidChangeFailure: () => undefined,
      onDidIdentify: () => undefined,
    });
    return {
      drafts,
      openCount: () => openCount,
      async end() {
        await drafts.release();
        runningIds.delete(id);
      },
      kill: () => void runningIds.delete(id),
    };
  }

  /** Advances the clock second by second. No file operation takes longer than a second of this clock. */
  async advance(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second++) {
      this.clock.advance(1000);
      do await wait(2);
      while (this.runningOperations > 0);
    }
  }

  /** The folder, with its running operations counted. */
  private openFolder(): FileFolder {
    return new Proxy(createDiskFolder(this.path), {
      get: (folder, name) => {
        const member: unknown = Reflect.get(folder, name);
        if (typeof member !== 'function') return member;
        return (...values: readonly unknown[]): unknown => {
          const result: unknown = Reflect.apply(member, folder, values);
          if (result instanceof Promise) this.count(result);
          return result;
        };
      },
    });
  }

  private count(operation: Promise<unknown>): void {
    this.runningOperations++;
    const end = (): void => {
      this.runningOperations--;
    };
    operation.then(end, end);
  }

  async advanceUntil(condition: () => boolean): Promise<void> {
    for (let tries = 0; tries < 2000 && !condition(); tries++) await this.advance(1);
  }
}

export async function writeDraft(window: DraftWindow, text: string): Promise<void> {
  window.drafts.update({ text });
  await window.drafts.flush();
}

export function draftText({ drafts }: DraftWindow): string {
  return drafts.state.text;
}
