import * as vscode from 'vscode';
import type { Turn } from '../../core/chat/turn';
import type { Clock } from '../../core/clock';
import type { Attachment } from '../../core/prompt/attachment';
import type { TokenCounter } from '../../core/tokens/count';
import type { Problem, ToWebviewMessage } from '../../protocol/messages';
import type { Greeting } from '../chat/greeting';
import type { Shelf } from '../chat/shelf-door';
import type { ActiveEditor } from '../editor/active-editor';
import { showWarning } from '../notifications';
import type { Draft } from '../storage/draft';
import { createGauge } from './gauge';
import { isSame, labelOf, readReferences, type Reference } from './reference';
import { createRequests } from './requests';
import { resolve } from './resolve';
import type { Entry } from './resolved';
import { watchReferences } from './watch';

type Post = (message: ToWebviewMessage) => void;

export interface ShelfServices {
  readonly draft: Draft;
  readonly editor: ActiveEditor;
  readonly counter: TokenCounter;
  readonly clock: Clock;
  readonly turns: () => readonly Turn[];
  readonly post: Post;
  readonly greeting: Pick<Greeting, 'setNotice'>;
  /** What would be sent is another now. */
  readonly onChange: () => void;
}

/** How many things can go with a question. */
const most = 100;
/** Milliseconds without a change before everything is looked at. */
const pause = 200;

export function createShelf(services: ShelfServices): Shelf {
  const { draft, post, greeting, onChange } = services;
  let references = readReferences(draft.kept.references);
  let warned = false;
  /** How everything was when it was looked at last. */
  let looked: Promise<readonly Entry[]> | undefined;
  const gauge = createGauge(services);
  const watch = watchReferences(debounced(services.clock, refresh));

  function put(next: readonly Reference[]): void {
    references = next;
    draft.keep({ references: next });
    if (warned) greeting.setNotice(undefined);
    warned = false;
    watch.follow(next);
    refresh();
  }

  function add(added: readonly Reference[]): void {
    const all = [...references, ...others(references, added)];
    if (all.length > most) sayFull();
    put(all.slice(0, most));
  }

  function remove(ids: Iterable<string>): void {
    const gone = new Set(ids);
    put(references.filter(({ id }) => !gone.has(id)));
  }

  function refresh(): void {
    looked = resolveAll();
    onChange();
    gauge.measure(references, looked, post);
  }

  function resolveAll(): Promise<readonly Entry[]> {
    return Promise.all(references.map(async (reference) => [reference, await resolve(reference)] as const));
  }

  const find = (id: string): Reference | undefined => references.find((one) => one.id === id);
  const requests = createRequests(services, { add, remove, find });
  watch.follow(references);

  return {
    refresh,
    remove,
    async removeUnusable() {
      remove((await resolveAll()).flatMap(([{ id }, { kind }]) => (kind === 'unusable' ? [id] : [])));
    },
    receive: (request, reply) => requests.receive(request, reply),
    async read() {
      return (await (looked ??= resolveAll())).flatMap(([, one]) =>
        one.kind === 'usable' ? [one.attachment] : [],
      );
    },
    async take() {
      const resolved = await resolveAll();
      const unusable = resolved.flatMap(whyUnusable);
      if (unusable.length === 0) return new Map(resolved.flatMap(usableById));
      refresh();
      greeting.setNotice(notSent(unusable));
      warned = true;
      return undefined;
    },
    dispose: () => void vscode.Disposable.from(watch, requests).dispose(),
  };
}

/** Those that are not there yet, each once. */
function others(there: readonly Reference[], added: readonly Reference[]): readonly Reference[] {
  return added.filter((one, at) => ![...there, ...added.slice(0, at)].some((other) => isSame(one, other)));
}

function usableById([{ id }, one]: Entry): readonly (readonly [string, Attachment])[] {
  return one.kind === 'usable' ? [[id, one.attachment]] : [];
}

function whyUnusable([reference, one]: Entry): readonly string[] {
  return one.kind === 'unusable' ? [`${labelOf(reference)}: ${one.reason}.`] : [];
}

function sayFull(): void {
  void showWarning(vscode.l10n.t('You can attach at most {0} items.'), [most]);
}

function notSent(unusable: readonly string[]): Problem {
  const label = unusable.length === 1 ? vscode.l10n.t('Remove It') : vscode.l10n.t('Remove Them');
  return {
    title: vscode.l10n.t('The question was not sent, as not all that goes with it can be read'),
    explanation: unusable.join(' '),
    buttons: [{ action: 'unattachUnusable', label }],
  };
}

function debounced(clock: Clock, action: () => void): () => void {
  let cancel = (): void => undefined;
  return () => {
    cancel();
    cancel = clock.after(pause, action);
  };
}
