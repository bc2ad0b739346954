import type { LogOutputChannel } from 'vscode';
import type { ChatWorkspace } from '../../../core/chat/stored-chat';
import { createThrottledWriter } from '../throttled-writer';
import type { Draft, OrphanedDraft } from './draft';
import { createWindowLease, type LeaseServices } from './window-lease';
import {
  createWindowRecords,
  emptyDraft,
  hasContent,
  isSameDraft,
  isUnsent,
  mergePromptHistories,
  type DraftState,
  type WindowRecord,
} from './window-record';
import {
  isSameWorkspace,
  matchRank,
  rankPredecessors,
  sessionIdOrNew,
  type StartingWindow,
} from './window-predecessors';

/**
 * The drafts of all windows, each in its own file. After a reload or restart, a window continues with the draft it
 * had before. Drafts of windows that are not opened again are kept until the user opens or removes them.
 */
export interface DraftStore extends Draft {
  /** The error that keeps the draft from being saved; undefined if it is saved. */
  readonly failure: unknown;
  /** Drafts of closed windows, the latest first. */
  orphans(): Promise<readonly OrphanedDraft[]>;
  /**
   * Continues with an orphaned draft, and turns the current draft of this window into an orphaned one. Returns false
   * if another window was faster.
   */
  open(id: string): Promise<boolean>;
  remove(id: string): Promise<void>;
  /**
   * Must be called with the browser tab that contains a webview of this window. If several windows of one workspace
   * start at the same time, the tab shows which draft belongs to which window.
   */
  setTab(tab: string): Promise<void>;
  /** Writes unsaved changes, and lets another window continue with the draft. */
  release(): Promise<void>;
}

export interface DraftStoreServices extends LeaseServices {
  readonly log: LogOutputChannel;
  readonly workspace: ChatWorkspace | undefined;
  /** The record that VS Code's own state of this window names. */
  readonly hint: string | undefined;
  readonly newId: () => string;
  /** True if the user has done nothing yet in this window. */
  readonly isUntouched: () => boolean;
  /** Called when the window continues with another draft. */
  readonly onDidOpen: () => void;
  readonly onDidChangeFailure: () => void;
  /** Called when this window gets a record with this ID. */
  readonly onDidIdentify: (id: string) => void;
}

/** Longest time before typing is written, in ms: a crash loses at most this much. */
const SAVE_INTERVAL_MS = 300;
/** Time between two checks of a starting window whether its predecessor has ended, in ms. */
const WATCH_INTERVAL_MS = 1000;
/** Number of these checks: together they take longer than a lease lasts. */
const WATCH_TRIES = 30;
/**
 * Largest number of browser tabs that are remembered. A window has several webviews: one in the view and one for each
 * editor tab.
 */
const MAX_TABS = 10;

export async function openDraftStore(services: DraftStoreServices): Promise<DraftStore> {
  const store = new FileDraftStore({
    ...services,
    session: sessionIdOrNew(services.session, services.newId),
  });
  await store.start();
  return store;
}

class FileDraftStore implements DraftStore {
  state: DraftState = emptyDraft;
  private id: string;
  private tabs: readonly string[] = [];
  /** The state that was opened, to detect whether the user has written something since. */
  private opened: DraftState = emptyDraft;
  private isWatchOver = false;
  private searches: Promise<unknown> = Promise.resolve();
  private readonly lease;
  private readonly records;
  private readonly writer;

  constructor(private readonly services: DraftStoreServices) {
    const { folder, clock, log, newId, onDidChangeFailure } = services;
    this.id = newId();
    this.lease = createWindowLease(services);
    this.records = createWindowRecords(folder, this.lease, log);
    this.writer = createThrottledWriter(SAVE_INTERVAL_MS, clock, () => this.write(), onDidChangeFailure);
  }

  async start(): Promise<void> {
    if ((await this.findPredecessor()) === 'held') this.watchPredecessors(WATCH_TRIES);
    if (this.state.asked.length === 0)
      this.state = { ...emptyDraft, ...this.state, asked: await this.askedElsewhere() };
    this.opened = this.state;
    this.identify(this.id);
  }

  get failure(): unknown {
    return this.writer.failure;
  }

  readonly update = (change: Partial<DraftState>): void => {
    this.state = { ...this.state, ...change };
    this.writer.put(this.state);
  };
  readonly flush = (): Promise<void> => this.writer.flush();

  async orphans(): Promise<readonly OrphanedDraft[]> {
    const found: OrphanedDraft[] = [];
    for (const [id, record] of await this.otherRecords())
      if (isUnsent(record) && (await this.lease.isFree(id)))
        found.push({ id, state: record, savedAt: record.savedAt });
    return found.sort((a, b) => b.savedAt - a.savedAt);
  }

  open(recordId: string): Promise<boolean> {
    return this.inTurn(() => this.openRecord(recordId));
  }

  private async openRecord(recordId: string): Promise<boolean> {
    await this.writer.flush();
    const before = { state: this.state, id: this.id };
    const record = await this.claim(recordId);
    if (!record) return false;
    if (!isUnsent(before.state)) await this.records.delete(before.id);
    this.isWatchOver = true;
    this.state = { ...emptyDraft, asked: before.state.asked };
    await this.continueWith(record);
    this.services.onDidOpen();
    return true;
  }

  remove(id: string): Promise<void> {
    return this.records.delete(id);
  }

  setTab(tab: string): Promise<void> {
    return this.inTurn(() => this.addTab(tab));
  }

  private async addTab(tab: string): Promise<void> {
    if (this.tabs.includes(tab)) return;
    const record = await this.recordOfTab(tab);
    // The name of an editor tab that is opened for the first time is in no record.
    if (record === undefined || !isSameDraft(this.state, this.opened)) {
      this.tabs = [...this.tabs, tab].slice(-MAX_TABS);
      if (hasContent(this.state)) this.writer.put(this.state);
      return;
    }
    await this.openRecordOfTab(record, tab, WATCH_TRIES);
  }

  async release(): Promise<void> {
    this.isWatchOver = true;
    // Also records when the window was last open.
    if (hasContent(this.state)) this.writer.put(this.state);
    await this.writer.flush();
    if (this.writer.unsaved === undefined) await this.lease.release();
  }

  /** Runs one search for a draft at a time, because each may replace the draft of the window. */
  private inTurn<T>(search: () => Promise<T>): Promise<T> {
    const result = this.searches.then(search);
    this.searches = result.catch(() => undefined);
    return result;
  }

  private write(): Promise<void> {
    const { workspace, session, clock } = this.services;
    return this.records.write(this.id, {
      ...this.state,
      ...(workspace && { workspace }),
      session,
      tabs: this.tabs,
      savedAt: clock.now(),
    });
  }

  private identify(id: string): void {
    this.id = id;
    this.lease.hold(id);
    this.services.onDidIdentify(id);
  }

  private async otherRecords(): Promise<ReadonlyMap<string, WindowRecord>> {
    const records = new Map(await this.records.read());
    records.delete(this.id);
    return records;
  }

  private async claim(recordId: string): Promise<WindowRecord | undefined> {
    const newId = this.services.newId();
    const record = await this.records.claim(recordId, newId);
    if (record) this.identify(newId);
    return record;
  }

  /** Continues with the record of an earlier window. */
  private async continueWith(record: WindowRecord): Promise<void> {
    const { workspace, session, savedAt, tabs, ...state } = record;
    // The user began to write while the file was read.
    if (isUnsent(this.state) && isUnsent(state)) await this.records.write(this.services.newId(), record);
    else this.state = { ...state, asked: mergePromptHistories([this.state.asked, state.asked]) };
    [this.tabs, this.opened] = [tabs, this.state];
    this.writer.put(this.state);
  }

  /** @returns `held` if a candidate belongs to another window that is still open, or was closed a moment ago */
  private async findPredecessor(): Promise<'found' | 'held' | 'none'> {
    const candidates = rankPredecessors(await this.otherRecords(), this.startingWindow());
    let isHeld = false;
    let found: WindowRecord | undefined;
    for (const { id, record, matchRank: rank } of candidates) {
      if (!(await this.lease.isFree(id))) isHeld = true;
      else if (!found) found = await this.claim(id);
      else if (rank > 1 && !isUnsent(record)) await this.mergeHistoryOf(id, record);
    }
    if (found) await this.continueWith(found);
    return found ? 'found' : isHeld ? 'held' : 'none';
  }

  /** Keeps the questions of a closed window that left nothing unsent, and deletes its record. */
  private async mergeHistoryOf(id: string, record: WindowRecord): Promise<void> {
    this.state = { ...this.state, asked: mergePromptHistories([record.asked, this.state.asked]) };
    await this.records.delete(id);
  }

  private async askedElsewhere(): Promise<readonly string[]> {
    const { workspace } = this.services;
    const others = [...(await this.otherRecords()).values()].filter((record) =>
      isSameWorkspace(record.workspace, workspace),
    );
    return mergePromptHistories(others.sort((a, b) => a.savedAt - b.savedAt).map(({ asked }) => asked));
  }

  /**
   * A reloaded window may start before its predecessor has ended, and a killed window counts as closed only when its
   * lease expires, so the candidates are checked repeatedly.
   */
  private watchPredecessors(tries: number): void {
    const { clock, isUntouched, log, onDidOpen } = this.services;
    clock.after(WATCH_INTERVAL_MS, () => {
      if (tries === 0 || this.isWatchOver || !isUntouched() || isUnsent(this.state)) return;
      void this.inTurn(async () => (isUnsent(this.state) ? 'none' : this.findPredecessor()))
        .then((outcome) => {
          if (outcome === 'held') this.watchPredecessors(tries - 1);
          if (outcome === 'found') onDidOpen();
        })
        .catch((error: unknown) => log.warn(`The search for an earlier draft failed: ${String(error)}`));
    });
  }

  /** A browser tab in which another folder was opened does not continue with the draft of the previous folder. */
  private async recordOfTab(tab: string): Promise<string | undefined> {
    const isWorkspaceKnown = hasContent(this.state);
    const isPredecessor = (id: string, record: WindowRecord): boolean =>
      record.tabs.includes(tab) && matchRank(id, record, this.startingWindow(), isWorkspaceKnown) > 0;
    return [...(await this.otherRecords())].find(([id, record]) => isPredecessor(id, record))?.[0];
  }

  private startingWindow(): StartingWindow {
    const { workspace, session, hint, clock } = this.services;
    return { workspace, session, hint, now: clock.now() };
  }

  /** Starts with an empty draft, so that another window can continue with the one before. */
  private async releaseRecord(): Promise<void> {
    await this.writer.flush();
    this.identify(this.services.newId());
    this.state = { ...emptyDraft, asked: this.state.asked };
    [this.tabs, this.opened] = [[], this.state];
    this.services.onDidOpen();
  }

  private async openRecordOfTab(record: string, tab: string, tries: number): Promise<void> {
    if ((await this.lease.isFree(record)) && (await this.openRecord(record))) return;
    // Another window may have taken the draft of this one. It finds its own draft when this window releases its record.
    if (this.tabs.length > 0) await this.releaseRecord();
    this.watchTab(tab, tries);
  }

  private watchTab(tab: string, tries: number): void {
    const { clock, log } = this.services;
    clock.after(WATCH_INTERVAL_MS, () => {
      if (tries === 0 || this.isWatchOver || !isSameDraft(this.state, this.opened)) return;
      void this.inTurn(async () => {
        const record = await this.recordOfTab(tab);
        if (record === undefined) this.watchTab(tab, tries - 1);
        else await this.openRecordOfTab(record, tab, tries - 1);
      }).catch((error: unknown) => log.warn(`The draft of this tab was not opened: ${String(error)}`));
    });
  }
}
