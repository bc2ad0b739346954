import { l10n, type Memento } from 'vscode';
import { thinkingTime, usualWait } from '../../core/chat/wait';
import type { Answer } from '../../core/chat/answer';

/** How long models think before their first word, as learned from past answers. */
export interface Waits {
  /** "usually 8 to 20 s"; undefined where too little is known of this model at this service. */
  usual(answer: Answer): string | undefined;
  /** Learns from an answer that has ended. */
  note(answer: Answer): void;
}

/** Waits that are remembered of a model. */
const remembered = 20;

export function createWaits(memento: Memento): Waits {
  const keyOf = ({ runs }: Answer): string | undefined => {
    const terms = runs.at(-1)?.terms;
    return terms && `waits:${terms.origin} ${terms.model}`;
  };
  const read = (key: string): readonly number[] => memento.get<readonly number[]>(key, []);
  return {
    usual(answer) {
      const key = keyOf(answer);
      const wait = key === undefined ? undefined : usualWait(read(key));
      if (!wait) return undefined;
      return wait.from === wait.to
        ? l10n.t('usually {0} s', wait.from)
        : l10n.t('usually {0} to {1} s', wait.from, wait.to);
    },
    note(answer) {
      const key = keyOf(answer);
      const seconds = thinkingTime(answer);
      if (key === undefined || seconds === undefined) return;
      void memento.update(key, [...read(key), seconds].slice(-remembered));
    },
  };
}
