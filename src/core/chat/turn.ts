import type { Attachment } from '../prompt/attachment';
import type { SelectedValues } from '../models/parameter-values';
import type { Answer } from './answer';
import type { TurnsSummary } from './turns-summary';

export interface Turn {
  readonly id: string;
  /** In ms of the session's clock; 0 if unknown. */
  readonly askedAt: number;
  readonly question: Question;
  /** One for each time the question was sent. The last one is current; earlier ones are kept. */
  readonly answers: readonly [Answer, ...Answer[]];
  /** Absent if the question was never edited. */
  readonly versions?: Versions;
  /** Summaries of turns up to this one. The last one is current; earlier ones are kept. */
  readonly summaries?: readonly TurnsSummary[];
}

/** A question, with the values that were selected for it only. */
export interface Question extends SelectedValues {
  readonly text: string;
  /** Absent if there are none. */
  readonly attachments?: readonly Attachment[];
}

/** Other versions of a question, oldest first, each with the turns that followed it. */
interface Versions {
  /** Older than the one that is shown. */
  readonly before: readonly Branch[];
  readonly after: readonly Branch[];
}

export type Branch = readonly [Turn, ...Turn[]];

/** The current answer: the last one. */
export function currentAnswer(turn: Turn): Answer {
  return turn.answers.at(-1) ?? turn.answers[0];
}

/** All turns, including those of versions that are not shown. */
export function* allTurns(turns: readonly Turn[]): Generator<Turn> {
  for (const turn of turns) {
    yield turn;
    for (const branch of [...(turn.versions?.before ?? []), ...(turn.versions?.after ?? [])]) {
      yield* allTurns(branch);
    }
  }
}

/** The turns with each one changed, including those of versions that are not shown. */
export function mapTurns(turns: readonly Turn[], change: (turn: Turn) => Turn): readonly Turn[] {
  return turns.map((turn) => mapTurn(turn, change));
}

function mapTurn(turn: Turn, change: (turn: Turn) => Turn): Turn {
  const { versions, ...changed } = change(turn);
  if (!versions) return changed;
  const { before, after } = versions;
  return {
    ...changed,
    versions: {
      before: before.map(([first, ...rest]) => [mapTurn(first, change), ...mapTurns(rest, change)]),
      after: after.map(([first, ...rest]) => [mapTurn(first, change), ...mapTurns(rest, change)]),
    },
  };
}

/** The number of the selected version of a question, from 1. */
export function shownVersion({ versions }: Turn): { readonly number: number; readonly total: number } {
  const before = versions?.before.length ?? 0;
  return { number: before + 1, total: before + 1 + (versions?.after.length ?? 0) };
}

/** The turns with a new version of one of them, which is selected and has no turns after it yet. */
export function addVersion(turns: readonly Turn[], id: string, version: Turn): readonly Turn[] {
  const fork = forkAt(turns, id);
  return fork ? joinBranches(fork.trunk, [...fork.branches, [version]], fork.branches.length) : turns;
}

/** The turns with the previous or next version of one of them selected, if there is such a version. */
export function selectVersion(turns: readonly Turn[], id: string, step: 1 | -1): readonly Turn[] {
  const fork = forkAt(turns, id);
  return fork?.branches[fork.shown + step]
    ? joinBranches(fork.trunk, fork.branches, fork.shown + step)
    : turns;
}

/** Turns before and after one of them. */
interface Fork {
  readonly trunk: readonly Turn[];
  readonly branches: readonly Branch[];
  /** The index of the selected branch. */
  readonly shown: number;
}

function forkAt(turns: readonly Turn[], id: string): Fork | undefined {
  const at = turns.findIndex((turn) => turn.id === id);
  const turn = turns[at];
  if (!turn) return undefined;
  const { versions: { before, after } = { before: [], after: [] }, ...alone } = turn;
  const branch: Branch = [alone, ...turns.slice(at + 1)];
  return { trunk: turns.slice(0, at), branches: [...before, branch, ...after], shown: before.length };
}

function joinBranches(trunk: readonly Turn[], branches: readonly Branch[], shown: number): readonly Turn[] {
  const [turn, ...rest] = branches[shown] ?? [];
  if (!turn) return trunk;
  const versions = { before: branches.slice(0, shown), after: branches.slice(shown + 1) };
  return [...trunk, { ...turn, versions }, ...rest];
}
