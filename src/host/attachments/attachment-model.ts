import * as vscode from 'vscode';
import type { Turn } from '../../core/chat/turn';
import type { Clock } from '../../core/clock';
import { lazy } from '../../core/lazy';
import type { Attachment } from '../../core/prompt/attachment';
import type { TokenCounter } from '../../core/tokens/token-counter';
import type { QuestionBoxRequest, PostMessage, ErrorCard } from '../../protocol/messages';
import { rejectRequest } from '../../protocol/responses';
import type { ActiveEditor } from '../editor/active-editor';
import { DisposableStore } from '../disposables';
import { logTo, reportFailure } from '../error-reporting';
import { showWarning } from '../notifications';
import type { LocalFiles } from '../platform';
import type { Draft } from '../storage/drafts/draft';
import { isSame, labelOf, parseEntries, type AttachmentEntry, type ResolvedEntry } from './attachment-entry';
import { createAttachmentCache, attachedItemView } from './attachment-cache';
import { MAX_ATTACHMENTS } from './attachment-limits';
import type { AttachmentResolver } from './attachment-resolver';
import { createImplicitContext } from './implicit-context';

/** The attachments of the question that is being written, beside the selection. */
export interface ChatAttachmentModel {
  receive(request: QuestionBoxRequest, reply: PostMessage): void;
  /** Reads everything again and updates the webviews, also for sources whose changes cause no event. */
  refresh(): void;
  /** Must be called when the window continues with another draft, to show the attachments of that draft. */
  draftReplaced(): void;
  /**
   * Must be called when the editor or its selection has changed, or the selection was attached or detached. Counts
   * the tokens again once no further change follows.
   */
  editorChanged(): void;
  /** The usable attachments as of the last refresh, as the chips show them. */
  read(): Promise<readonly Attachment[]>;
  /** Reads all attachments to send them, by ID; undefined if one cannot be read, which a notice reports. */
  readAll(): Promise<ReadonlyMap<string, Attachment> | undefined>;
  /** Reads entries that need not be attached. */
  resolve(entries: readonly AttachmentEntry[]): Promise<readonly ResolvedEntry[]>;
  /** Attaches entries that are not attached yet, up to the limit. */
  add(entries: readonly AttachmentEntry[]): void;
  remove(ids: Iterable<string>): void;
  removeUnusable(): Promise<void>;
  dispose(): void;
}

export interface AttachmentModelServices {
  readonly draft: Draft;
  readonly editor: ActiveEditor;
  readonly counter: TokenCounter;
  readonly clock: Clock;
  readonly files?: LocalFiles;
  readonly log: vscode.LogOutputChannel;
  readonly turns: () => readonly Turn[];
  /** Whether the user can see a question box. */
  readonly isVisible: () => boolean;
  readonly post: PostMessage;
  readonly setNotice: (notice: ErrorCard | undefined) => void;
  /** Called when the request that would be sent has changed. */
  readonly onChange: () => void;
}

/** Time without a change of a source before it is read again, in ms. */
const DEBOUNCE_MS = 200;

export function createChatAttachmentModel(services: AttachmentModelServices): ChatAttachmentModel {
  const { draft, editor, counter, clock, post, onChange } = services;
  const loadResolver = lazy(async () => {
    const { createAttachmentResolver } = await import('./attachment-resolver');
    return createAttachmentResolver(services.files);
  });
  const resolve: AttachmentResolver = async (entry) => (await loadResolver())(entry);
  const cache = createAttachmentCache(resolve, counter);
  const implicit = createImplicitContext(draft, editor, counter, services.isVisible);
  const unreadable = createUnreadableNotice(services.setNotice);
  let entries = parseEntries(draft.state.references);
  const store = new DisposableStore();
  const rereadLater = debouncedIds(clock, (ids) => reread(entries.filter(({ id }) => ids.has(id))));
  const loadWatcher = lazy(async () => {
    const { watchEntries } = await import('./attachment-watcher');
    return store.add(watchEntries(rereadLater.add, logTo(services.log, 'Watching the Git repositories')));
  });
  store.add(rereadLater);

  function put(next: readonly AttachmentEntry[]): void {
    const added = next.filter((entry) => !entries.includes(entry));
    draft.update({ references: next });
    show(next);
    reread(added);
  }

  function show(next: readonly AttachmentEntry[]): void {
    entries = next;
    unreadable.clear();
    watch();
    cache.keep(next);
    measureImplicit();
  }

  let isWatching = false;
  /** Follows the sources of the entries; loads the code for that with the first one. */
  function watch(): void {
    isWatching ||= entries.length > 0;
    if (!isWatching) return;
    loadWatcher()
      .then((watcher) => watcher.follow(entries))
      .catch(logTo(services.log, 'Watching the attachments'));
  }

  const add = (added: readonly AttachmentEntry[]): void =>
    put(limitAndWarn([...entries, ...withoutDuplicates(entries, added)]));
  function remove(ids: Iterable<string>): void {
    const gone = new Set(ids);
    put(entries.filter(({ id }) => !gone.has(id)));
  }

  /** Shows each chip with its last size at once, and again when the new sizes are known. */
  function reread(changed: readonly AttachmentEntry[]): void {
    const reread = cache.reread(changed);
    onChange();
    postAttached();
    // If the tokens cannot be counted, the chips stay as they are.
    if (changed.length > 0) reread.then(postAttached, () => undefined);
  }

  function postAttached(): void {
    const attached = entries.map((entry) => attachedItemView(entry, cache.detailsOf(entry)));
    post({ type: 'attachments', attachments: attached, ...implicit.view });
  }

  const find = (id: string): AttachmentEntry | undefined => entries.find((one) => one.id === id);
  const list = { add, remove, find, findOffered: (id: string) => implicit.find(id) };
  const loadRequests = lazy(async () => {
    const { createAttachmentRequests } = await import('./attachment-requests');
    return store.add(createAttachmentRequests({ ...services, resolve }, list));
  });
  function measureImplicit(): void {
    implicit.measure(entries, postAttached).catch(logTo(services.log, 'Counting the selection or the file'));
  }
  const measureImplicitLater = store.add(debounced(clock, measureImplicit));
  store.add(
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document === editor.current?.document) measureImplicitLater.call();
    }),
  );
  watch();

  return {
    refresh() {
      reread(entries);
      measureImplicit();
    },
    draftReplaced() {
      show(parseEntries(draft.state.references));
      reread(entries);
    },
    editorChanged: measureImplicitLater.call,
    add,
    remove,
    async removeUnusable() {
      remove((await cache.current(entries)).flatMap(idOfUnusable));
    },
    receive(request, reply) {
      loadRequests()
        .then((requests) => requests.receive(request, reply))
        .catch((error: unknown) => reportLoadFailure(error, request, reply, services.log));
    },
    read: () => cache.usable(entries),
    resolve: (wanted) => cache.current(wanted),
    async readAll() {
      const current = await cache.current(entries);
      const unusable = current.flatMap(reasonUnusable);
      if (unusable.length === 0) return new Map(current.flatMap(usableById));
      reread(entries);
      unreadable.show(unusable);
      return undefined;
    },
    dispose: () => store.dispose(),
  };
}

function reportLoadFailure(
  error: unknown,
  request: QuestionBoxRequest,
  reply: PostMessage,
  log: vscode.LogOutputChannel,
): void {
  rejectRequest(request, reply);
  reportFailure(vscode.l10n.t('Add Context'), error, log);
}

/** The added entries that are not attached yet, each once. */
function withoutDuplicates(
  existing: readonly AttachmentEntry[],
  added: readonly AttachmentEntry[],
): readonly AttachmentEntry[] {
  return added.filter((one, at) => ![...existing, ...added.slice(0, at)].some((other) => isSame(one, other)));
}

function usableById([{ id }, one]: ResolvedEntry): readonly (readonly [string, Attachment])[] {
  return one.kind === 'usable' ? [[id, one.attachment]] : [];
}

function idOfUnusable([{ id }, { kind }]: ResolvedEntry): readonly string[] {
  return kind === 'unusable' ? [id] : [];
}

function reasonUnusable([entry, one]: ResolvedEntry): readonly string[] {
  return one.kind === 'unusable' ? [`${labelOf(entry)}: ${one.reason}.`] : [];
}

function limitAndWarn(entries: readonly AttachmentEntry[]): readonly AttachmentEntry[] {
  if (entries.length > MAX_ATTACHMENTS) {
    void showWarning(vscode.l10n.t('You can attach at most {0} items.'), [MAX_ATTACHMENTS]);
  }
  return entries.slice(0, MAX_ATTACHMENTS);
}

/** The notice that a question was not sent, shown until the attachments change. */
function createUnreadableNotice(setNotice: AttachmentModelServices['setNotice']): {
  readonly show: (reasons: readonly string[]) => void;
  readonly clear: () => void;
} {
  let shown = false;
  return {
    show(reasons) {
      shown = true;
      setNotice(notSent(reasons));
    },
    clear() {
      if (shown) setNotice(undefined);
      shown = false;
    },
  };
}

function notSent(unusable: readonly string[]): ErrorCard {
  const label =
    unusable.length === 1 ? vscode.l10n.t('Remove Attachment') : vscode.l10n.t('Remove Attachments');
  return {
    title: vscode.l10n.t('The question was not sent because some attachments could not be read'),
    explanation: unusable.join(' '),
    buttons: [{ action: 'removeUnusableAttachments', label }],
  };
}

interface Debounced {
  readonly call: () => void;
  /** Cancels a call that is pending. */
  dispose(): void;
}

/** Collects IDs until none is added for a while. */
function debouncedIds(
  clock: Clock,
  action: (ids: ReadonlySet<string>) => void,
): { readonly add: (ids: readonly string[]) => void; dispose(): void } {
  let pending = new Set<string>();
  const flush = debounced(clock, () => {
    const ids = pending;
    pending = new Set();
    action(ids);
  });
  return {
    add(ids) {
      for (const id of ids) pending.add(id);
      flush.call();
    },
    dispose: () => flush.dispose(),
  };
}

function debounced(clock: Clock, action: () => void): Debounced {
  let cancel = (): void => undefined;
  return {
    call() {
      cancel();
      cancel = clock.after(DEBOUNCE_MS, action);
    },
    dispose: () => cancel(),
  };
}
