import { l10n, type Memento } from 'vscode';
import { thinkingTime, typicalThinkingTime } from '../../core/chat/thinking-time';
import type { Answer } from '../../core/chat/answer';

/** Statistics of how long models think before the first text of an answer. */
export interface ThinkingTimeStats {
  /** Such as "usually 8 to 20 s"; undefined where too few answers of this model of this service are known. */
  typicalThinkingTime(answer: Answer): string | undefined;
  /** Adds an answer that has ended. */
  add(answer: Answer): void;
}

/** Answers of a model that are remembered. */
const MAX_STORED_TIMES = 20;

export function createThinkingTimeStats(memento: Memento): ThinkingTimeStats {
  const keyOf = ({ runs }: Answer): string | undefined => {
    const terms = runs.at(-1)?.terms;
    return terms && `waits:${terms.origin} ${terms.model}`;
  };
  const read = (key: string): readonly number[] => memento.get<readonly number[]>(key, []);
  return {
    typicalThinkingTime(answer) {
      const key = keyOf(answer);
      const range = key === undefined ? undefined : typicalThinkingTime(read(key));
      if (!range) return undefined;
      return range.from === range.to
        ? l10n.t('usually {0} s', range.from)
        : l10n.t('usually {0} to {1} s', range.from, range.to);
    },
    add(answer) {
      const key = keyOf(answer);
      const seconds = thinkingTime(answer);
      if (key === undefined || seconds === undefined) return;
      void memento.update(key, [...read(key), seconds].slice(-MAX_STORED_TIMES));
    },
  };
}
