import type { Change, TurnView } from '../../protocol/messages';
import { element } from '../dom';
import { language } from '../numbers';
import { createSentenceReader, type SentenceReader } from './sentences';

/** Reads the last answer out while it is written, for those who hear it: whole sentences, each once. */
export interface Announcer {
  readonly element: HTMLElement;
  /** The last turn as it stands: what is there of it was heard before, or can be read. */
  follow(turn: TurnView | undefined): void;
  apply(changes: readonly Change[]): void;
}

/** Milliseconds between two announcements: a screen reader that is given more at a time than it can say drops some. */
const pause = 1000;

export function createAnnouncer(): Announcer {
  const region = element('div', { class: 'heard', 'aria-live': 'polite', 'data-spoken': '' });
  let turn = '';
  let chosen = 0;
  let reader = createSentenceReader(language);
  let waiting: string[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function say(sentences: readonly string[]): void {
    waiting.push(...sentences);
    if (waiting.length > 0) timer ??= setTimeout(speak, pause);
  }

  function speak(): void {
    // What goes away is not read out; so only what is new stays.
    region.replaceChildren(...waiting.map((sentence) => element('p', { dir: 'auto' }, sentence)));
    waiting = [];
    timer = undefined;
  }

  function follow(view: TurnView | undefined): void {
    turn = view?.id ?? '';
    chosen = view?.answer.chosen ?? 0;
    reader = readerOf(view);
    waiting = [];
  }

  function apply(change: Change): void {
    if (change.type === 'turnPut') {
      // Another version of an earlier question is no news.
      if (change.turn.answer.status.kind === 'running') follow(change.turn);
      return;
    }
    if (change.type === 'turnsCut' || change.turnId !== turn) return;
    switch (change.type) {
      case 'textAdded':
        return change.choice === chosen ? say(reader.append(change.text)) : undefined;
      case 'statusChanged':
        return change.status.kind === 'running' ? undefined : say(reader.finish());
      case 'choiceChanged':
        chosen = change.chosen;
        reader = createSentenceReader(language);
        return;
      case 'reasoningAdded':
      case 'refusalAdded':
      case 'notesChanged':
        return;
    }
  }

  return { element: region, follow, apply: (changes) => changes.forEach(apply) };
}

function readerOf(view: TurnView | undefined): SentenceReader {
  const reader = createSentenceReader(language);
  reader.append(view?.answer.choices[view.answer.chosen]?.text ?? '');
  return reader;
}
