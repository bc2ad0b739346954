import { setTimeout as wait } from 'node:timers/promises';
import type { ChatWorkspace } from '../../../src/core/chat/stored-chat';
import { openDraftStore, type DraftStore } from '../../../src/host/storage/drafts/draft-store';
import { createDiskFolder } from '../../../src/platform/node/file-folder';
import { manualClock } from '../../support/wire';
import { collectingLog } from './store-builders';

/** A window, as far as it has a draft. */
export interface DraftWindow {
  readonly drafts: DraftStore;
  /** How often the draft became another one by itself. */
  opened(): number;
  /** Ends in order, as when it is reloaded or closed. */
  end(): Promise<void>;
  /** Ends without a word, as when it is killed. */
  kill(): void;
}

interface Options {
  readonly session?: string;
  readonly hint?: string;
  /** The browser was killed: the extension host goes on, its window does not answer. */
  readonly isMute?: () => boolean;
}

/** The windows of a machine, which share a folder and a clock. */
export class Machine {
  readonly clock = manualClock();
  private readonly alive = new Set<number>();
  private count = 0;

  constructor(readonly path: string) {
    this.clock.advance(1e12);
  }

  async open(workspace?: ChatWorkspace, options: Options = {}): Promise<DraftWindow> {
    const { clock, alive } = this;
    const id = ++this.count;
    alive.add(id);
    let opened = 0;
    const whileAlive = (callback: () => void): void => {
      if (alive.has(id)) callback();
    };
    const drafts = await openDraftStore({
      folder: createDiskFolder(this.path),
      clock: { now: () => clock.now(), after: (ms, callback) => clock.after(ms, () => whileAlive(callback)) },
      log: collectingLog().log,
      session: options.session ?? crypto.randomUUID(),
      process: { id, isRunning: (other) => alive.has(other) },
      windowAnswers: () => (options.isMute?.() ? new Promise(() => undefined) : Promise.resolve()),
      workspace,
      hint: options.hint,
      newId: () => crypto.randomUUID(),
      isUntouched: () => true,
      onDidOpen: () => opened++,
      onDidChangeFailure: () => undefined,
      onDidIdentify: () => undefined,
    });
    return {
      drafts,
      opened: () => opened,
      async end() {
        await drafts.release();
        alive.delete(id);
      },
      kill: () => void alive.delete(id),
    };
  }

  /** Lets this time pass, and what happens meanwhile: files are read and written in real time. */
  async pass(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second++) {
      this.clock.advance(1000);
      await wait(2);
    }
  }

  async until(condition: () => boolean): Promise<void> {
    for (let tries = 0; tries < 2000 && !condition(); tries++) await this.pass(1);
  }
}

export async function write(window: DraftWindow, text: string): Promise<void> {
  window.drafts.update({ text });
  await window.drafts.flush();
}

export function textOf({ drafts }: DraftWindow): string {
  return drafts.state.text;
}
