import { t } from '@vscode/l10n';
import type { AnswerView, Change, TurnView } from '../../protocol/messages';
import { element } from '../ui/dom';
import { language } from '../ui/l10n';
import { runInTimeSlices } from '../rendering/scheduler';
import { createSentenceReader } from './sentences';

/** Dispatched in an answer in progress, with the index of the choice that the user has selected; bubbles. */
export const SELECTION_EVENT = 'select-choice';

/** Has a screen reader read out the last answer, or a summary, while it is written. */
export interface Announcer {
  readonly element: HTMLElement;
  /** Follows this turn from now on. The text that it already has is not announced. */
  follow(turn: TurnView | undefined): void;
  apply(changes: readonly Change[]): void;
}

export function createAnnouncer(): Announcer {
  const queue = createAnnouncementQueue();
  let turn = '';
  let chosen = 0;
  /** The text of each choice, and those that are refusals. */
  let texts: string[] = [];
  let refused = new Set<number>();

  function follow(view: { readonly id: string; readonly answer: AnswerView } | undefined): void {
    const { choices = [], chosen: first = 0 } = view?.answer ?? {};
    turn = view?.id ?? '';
    texts = choices.map(({ text, refusal }) => text + refusal);
    refused = new Set(choices.flatMap(({ refusal }, index) => (refusal === '' ? [] : [index])));
    choose(first);
  }

  /** Announces another choice from now on. */
  function choose(choice: number): void {
    chosen = choice;
    queue.reset(texts[choice] ?? '');
  }

  function add(choice: number, text: string): void {
    texts[choice] = (texts[choice] ?? '') + text;
    if (choice === chosen) queue.add(text);
  }

  function addRefusal(choice: number, text: string): void {
    if (!refused.has(choice)) add(choice, `\n\n${t('The model declined to answer')}\n\n`);
    refused.add(choice);
    add(choice, text);
  }

  function apply(change: Change): void {
    if (change.type === 'turnUpdated') {
      // Switching an earlier question to another version is not announced.
      if (change.turn.answer.status.kind === 'running') follow(change.turn);
      return;
    }
    if (change.type === 'summaryUpdated') {
      const { summary } = change;
      if (summary?.answer.status.kind === 'running') follow(summary);
      else if (summary?.id === turn) queue.setEnded(true);
      return;
    }
    if (change.type === 'turnsRemoved' || change.turnId !== turn) return;
    switch (change.type) {
      case 'textAdded':
        return add(change.choice, change.text);
      case 'refusalAdded':
        return addRefusal(change.choice, change.text);
      case 'statusChanged':
        return queue.setEnded(change.status.kind !== 'running');
      case 'choiceChanged':
        return change.chosen === chosen ? undefined : choose(change.chosen);
      case 'reasoningAdded':
      case 'detailsChanged':
        return;
    }
  }

  // The host does not know which choice is shown while the choices are written.
  document.addEventListener(SELECTION_EVENT, (event) => choose((event as CustomEvent<number>).detail));
  return { element: queue.element, follow, apply: (changes) => changes.forEach(apply) };
}

/** Announces a growing text in whole sentences, each of them once. */
interface AnnouncementQueue {
  readonly element: HTMLElement;
  /** Starts with another text. `skipped` is its beginning, which is read for context and not announced. */
  reset(skipped: string): void;
  add(text: string): void;
  /** At the end, the last sentence is announced even if it is incomplete. An answer can continue after its end. */
  setEnded(ended: boolean): void;
}

/** Time between two announcements, in ms. Screen readers drop announcements that arrive faster than they speak. */
const ANNOUNCEMENT_INTERVAL_MS = 1000;
/** Sentences in one announcement. Of more, only the last ones are announced, to stay close to the end of the text. */
const MAX_SENTENCES = 50;
/** Characters read before the page can handle input again. */
const SLICE_LENGTH = 2048;

function createAnnouncementQueue(): AnnouncementQueue {
  const region = element('div', { class: 'sr-only', 'aria-live': 'polite' });
  let reader = createSentenceReader(language);
  let unread = '';
  /** Characters at the beginning of `unread` that are not announced. */
  let skippedLength = 0;
  let ended = false;
  let pending: string[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function readSoon(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      runInTimeSlices(read);
    }, ANNOUNCEMENT_INTERVAL_MS);
  }

  function read(): boolean {
    const text = unread.slice(0, skippedLength > 0 ? Math.min(skippedLength, SLICE_LENGTH) : SLICE_LENGTH);
    unread = unread.slice(text.length);
    const sentences = reader.append(text);
    if (skippedLength > 0) skippedLength -= text.length;
    else pending = [...pending, ...sentences].slice(-MAX_SENTENCES);
    if (unread !== '') return true;
    if (ended) pending.push(...reader.finish());
    announce();
    return false;
  }

  function announce(): void {
    if (pending.length === 0) return;
    // Screen readers ignore removed text, so the announced sentences can be replaced.
    region.replaceChildren(...pending.map((sentence) => element('p', { dir: 'auto' }, sentence)));
    pending = [];
  }

  return {
    element: region,
    reset(skipped) {
      reader = createSentenceReader(language);
      [unread, skippedLength, ended, pending] = [skipped, skipped.length, false, []];
    },
    add(text) {
      unread += text;
      readSoon();
    },
    setEnded(next) {
      ended = next;
      if (ended) readSoon();
    },
  };
}
