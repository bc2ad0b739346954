import type { Change, TurnView } from '../../protocol/messages';
import { element } from '../ui/dom';
import { language } from '../ui/l10n';
import { runInTimeSlices } from '../rendering/scheduler';
import { createSentenceReader } from './sentences';

/** Reads the last answer out while it is written. */
export interface Announcer {
  readonly element: HTMLElement;
  /** The last turn as it stands: what is there of it was heard before, or can be read. */
  follow(turn: TurnView | undefined): void;
  apply(changes: readonly Change[]): void;
}

export function createAnnouncer(): Announcer {
  const voice = createVoice();
  let turn = '';
  let chosen = 0;

  function follow(view: TurnView | undefined): void {
    turn = view?.id ?? '';
    chosen = view?.answer.chosen ?? 0;
    voice.begin(view?.answer.choices[chosen]?.text ?? '');
  }

  function apply(change: Change): void {
    if (change.type === 'turnUpdated') {
      // Another version of an earlier question is not announced.
      if (change.turn.answer.status.kind === 'running') follow(change.turn);
      return;
    }
    if (change.type === 'turnsRemoved' || change.turnId !== turn) return;
    switch (change.type) {
      case 'textAdded':
        return change.choice === chosen ? voice.add(change.text) : undefined;
      case 'statusChanged':
        return voice.setEnded(change.status.kind !== 'running');
      case 'choiceChanged':
        chosen = change.chosen;
        return voice.begin('');
      case 'reasoningAdded':
      case 'refusalAdded':
      case 'detailsChanged':
        return;
    }
  }

  return { element: voice.element, follow, apply: (changes) => changes.forEach(apply) };
}

/** Says a text while it grows: whole sentences, each once, for those who hear it. */
interface Voice {
  readonly element: HTMLElement;
  /** Another text, of which this was heard before. */
  begin(heard: string): void;
  /** More of it. */
  add(text: string): void;
  /** Nothing more comes of it, or something may again. */
  setEnded(ended: boolean): void;
}

/** Milliseconds between two announcements: a screen reader that is given more at a time than it can say drops some. */
const pause = 1000;
/** Sentences of one announcement; of more, which nobody can hear in time, these last ones. */
const most = 50;
/** Characters that are read in one go. */
const piece = 2048;

function createVoice(): Voice {
  const region = element('div', { class: 'sr-only', 'aria-live': 'polite', 'data-spoken': '' });
  let reader = createSentenceReader(language);
  let unread = '';
  /** Characters at its beginning that were heard before. */
  let heard = 0;
  let ended = false;
  let waiting: string[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function readSoon(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      runInTimeSlices(read);
    }, pause);
  }

  function read(): boolean {
    const text = unread.slice(0, heard > 0 ? Math.min(heard, piece) : piece);
    unread = unread.slice(text.length);
    const sentences = reader.append(text);
    if (heard > 0) heard -= text.length;
    else waiting = [...waiting, ...sentences].slice(-most);
    if (unread !== '') return true;
    if (ended) waiting.push(...reader.finish());
    speak();
    return false;
  }

  function speak(): void {
    if (waiting.length === 0) return;
    // Removed text is not announced, so only new text is kept.
    region.replaceChildren(...waiting.map((sentence) => element('p', { dir: 'auto' }, sentence)));
    waiting = [];
  }

  return {
    element: region,
    begin(text) {
      reader = createSentenceReader(language);
      [unread, heard, ended, waiting] = [text, text.length, false, []];
    },
    add(text) {
      unread += text;
      readSoon();
    },
    setEnded(now) {
      ended = now;
      if (ended) readSoon();
    },
  };
}
