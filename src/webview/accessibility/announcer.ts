import type { Change, TurnView } from '../../protocol/messages';
import { createVoice } from './answer-announcements';

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
    if (change.type === 'turnPut') {
      // Another version of an earlier question is no news.
      if (change.turn.answer.status.kind === 'running') follow(change.turn);
      return;
    }
    if (change.type === 'turnsCut' || change.turnId !== turn) return;
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
      case 'notesChanged':
        return;
    }
  }

  return { element: voice.element, follow, apply: (changes) => changes.forEach(apply) };
}
