import { l10n, type LogOutputChannel, type Memento } from 'vscode';
import { thinkingTime, typicalRange, typicalThinkingTime } from '../../../core/chat/thinking-time';
import type { Answer } from '../../../core/chat/answer';
import { costOfRun } from '../../../core/chat/cost';
import { logTo } from '../../error-reporting';
import { formatUsd } from '../../number-format';

/** Statistics of how long models think before the first text of an answer, and of what their answers cost. */
export interface ThinkingTimeStats {
  /** Such as "usually 8 to 20 s"; undefined if too few answers with this model and effort are known. */
  typicalThinkingTime(answer: Answer): string | undefined;
  /** Such as "usually 8 to 20 s · $0.01 to $0.03"; undefined if too few answers are known. */
  typicalAnswer(kind: AnswerKind): string | undefined;
  /** Adds an answer that has ended. */
  add(answer: Answer): void;
}

/** The answers that are counted together. */
interface AnswerKind {
  readonly origin: string;
  readonly model: string;
  /** The reasoning effort that was sent. */
  readonly reasoningEffort?: string | undefined;
}

/** Answers of a kind that are remembered. */
const MAX_STORED_ANSWERS = 20;

export function createThinkingTimeStats(memento: Memento, log: LogOutputChannel): ThinkingTimeStats {
  const read = (key: string): readonly number[] => memento.get<readonly number[]>(key, []);
  const addTo = (key: string, value: number | undefined): void => {
    if (value === undefined) return;
    memento
      .update(key, [...read(key), value].slice(-MAX_STORED_ANSWERS))
      .then(undefined, logTo(log, 'Remembering the thinking time'));
  };
  const typicalTime = (kind: AnswerKind): string | undefined => {
    const range = typicalThinkingTime(read(keyOf('waits', kind)));
    if (!range) return undefined;
    return range.from === range.to
      ? l10n.t('usually {0} s', range.from)
      : l10n.t('usually {0} to {1} s', range.from, range.to);
  };
  return {
    typicalThinkingTime(answer) {
      const kind = kindOf(answer);
      return kind && typicalTime(kind);
    },
    typicalAnswer(kind) {
      const parts = [typicalTime(kind), typicalCostText(read(keyOf('costs', kind)))];
      return parts.filter((part) => part !== undefined).join(' · ') || undefined;
    },
    add(answer) {
      const kind = kindOf(answer);
      const run = answer.runs.at(-1);
      if (!kind || !run) return;
      addTo(keyOf('waits', kind), thinkingTime(answer));
      const cost = costOfRun(run);
      // A maximum cost says nothing about the usual cost.
      if (run.firstWordAt !== undefined && cost && cost.basis !== 'greatest')
        addTo(keyOf('costs', kind), cost.usd);
    },
  };
}

function kindOf({ runs }: Answer): AnswerKind | undefined {
  const run = runs.at(-1);
  if (!run) return undefined;
  const { origin, model } = run.terms;
  return { origin, model, reasoningEffort: run.reasoningEffort };
}

function keyOf(what: 'waits' | 'costs', { origin, model, reasoningEffort }: AnswerKind): string {
  const key = `${what}:${origin} ${model}`;
  return reasoningEffort === undefined ? key : `${key} effort=${reasoningEffort}`;
}

function typicalCostText(costs: readonly number[]): string | undefined {
  const range = typicalRange(costs);
  if (!range) return undefined;
  const [from, to] = [formatUsd(range.from), formatUsd(range.to)];
  return from === to ? from : l10n.t('{0} to {1}', from, to);
}
