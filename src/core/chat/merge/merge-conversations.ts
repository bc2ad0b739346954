import { ENUM_PARAMETERS, type SelectedValues } from '../../models/parameter-values';
import type { Answer } from '../answer';
import { isRunning } from '../answer';
import type { Conversation } from '../conversation';
import { mergeSequences } from './merge-sequences';
import type { Branch, Turn } from '../turn';
import type { TurnsSummary } from '../turns-summary';

/**
 * Merges two states of a chat that have a common ancestor; the result contains everything of both. If both have
 * changed the same value, the result does not depend on the order of the two, except for titles and pins, where
 * `ours` wins.
 *
 * @param base the common ancestor; undefined if it is not known
 */
export function mergeConversations(
  base: Conversation | undefined,
  ours: Conversation,
  theirs: Conversation,
): Conversation {
  if (ours === theirs || theirs === base) return ours;
  const scalar = <T>(valueOf: (conversation: Conversation) => T): T =>
    mergeValue(base && valueOf(base), valueOf(ours), valueOf(theirs));
  const title = base ? scalar((chat) => chat.title) : (ours.title ?? theirs.title);
  const pinned = base ? scalar((chat) => chat.pinned) : (ours.pinned ?? theirs.pinned);
  const values = mergeValues(base, ours, theirs);
  const turns = mergeTurns(base?.turns ?? [], ours.turns, theirs.turns);
  const unchanged = turns.length === ours.turns.length && turns.every((turn, at) => turn === ours.turns[at]);
  const isSameHead =
    title === ours.title &&
    pinned === ours.pinned &&
    ENUM_PARAMETERS.every((parameter) => values[parameter] === ours[parameter]);
  if (unchanged && isSameHead) return ours;
  return {
    id: ours.id,
    ...(title !== undefined && { title }),
    ...(pinned && { pinned }),
    ...values,
    turns: unchanged ? ours.turns : turns,
  };
}

function mergeValues(
  base: SelectedValues | undefined,
  ours: SelectedValues,
  theirs: SelectedValues,
): SelectedValues {
  const values = ENUM_PARAMETERS.map((parameter) => {
    const value = base
      ? mergeValue(base[parameter], ours[parameter], theirs[parameter])
      : (ours[parameter] ?? theirs[parameter]);
    return [parameter, value] as const;
  });
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** Takes a value that only one side has changed from that side. */
function mergeValue<T>(base: T | undefined, ours: T, theirs: T): T {
  return isSame(ours, base) ? theirs : ours;
}

function mergeTurns(base: readonly Turn[], ours: readonly Turn[], theirs: readonly Turn[]): readonly Turn[] {
  const fork = findFork(ours, theirs);
  if (!fork) return mergeInOrder(base, ours, theirs);
  const before = mergeInOrder(base, ours.slice(0, fork.our), theirs.slice(0, fork.their));
  return [...before, ...mergeFork(base, ours.slice(fork.our), theirs.slice(fork.their))];
}

/** The positions, in both lists, of the first question that both contain and that has several versions. */
function findFork(
  ours: readonly Turn[],
  theirs: readonly Turn[],
): { readonly our: number; readonly their: number } | undefined {
  const positions = new Map<string, number>();
  theirs.forEach((turn, at) => versionIds(turn).forEach((id) => positions.set(id, at)));
  for (const [our, turn] of ours.entries()) {
    const their = versionIds(turn)
      .map((id) => positions.get(id))
      .find((at) => at !== undefined);
    if (their !== undefined && (turn.versions ?? theirs[their]?.versions)) return { our, their };
  }
  return undefined;
}

function versionIds(turn: Turn): readonly string[] {
  return branchesOf([turn]).map(([{ id }]) => id);
}

/** All versions of the first turn, including the selected one, each with the turns after it. */
function branchesOf(turns: readonly Turn[]): readonly Branch[] {
  const [turn, ...rest] = turns;
  if (!turn) return [];
  const { versions, ...first } = turn;
  return [...(versions?.before ?? []), [first, ...rest], ...(versions?.after ?? [])];
}

function mergeFork(base: readonly Turn[], ours: readonly Turn[], theirs: readonly Turn[]): readonly Turn[] {
  const ids = new Set(ours.slice(0, 1).flatMap(versionIds));
  const baseAt = base.findIndex((turn) => versionIds(turn).some((id) => ids.has(id)));
  const baseTurns = baseAt < 0 ? [] : base.slice(baseAt);
  const baseBranches = branchesOf(baseTurns);
  const merged = mergeSequences(branchesOf(ours), branchesOf(theirs), {
    key: ([{ id }]) => id,
    time: ([{ askedAt }]) => askedAt,
    merge: (our, their) => {
      const known = baseBranches.find(([{ id }]) => id === our[0].id) ?? [];
      return nonEmpty(mergeTurns(known, our, their)) ?? our;
    },
  });
  const shownId = mergeValue(baseTurns[0]?.id, ours[0]?.id, theirs[0]?.id);
  const shown = Math.max(
    0,
    merged.findIndex(([{ id }]) => id === shownId),
  );
  const [turn, ...rest] = merged[shown] ?? [];
  if (!turn) return [];
  if (merged.length === 1) return [turn, ...rest];
  return [{ ...turn, versions: { before: merged.slice(0, shown), after: merged.slice(shown + 1) } }, ...rest];
}

function nonEmpty(turns: readonly Turn[]): Branch | undefined {
  const [first, ...rest] = turns;
  return first && [first, ...rest];
}

/** Merges turns with the same ID; the others are inserted by their time. */
function mergeInOrder(
  base: readonly Turn[],
  ours: readonly Turn[],
  theirs: readonly Turn[],
): readonly Turn[] {
  return mergeSequences(ours, theirs, {
    key: ({ id }) => id,
    time: ({ askedAt }) => askedAt,
    merge: (our, their) =>
      mergeTurn(
        base.find(({ id }) => id === our.id),
        our,
        their,
      ),
  });
}

function mergeTurn(base: Turn | undefined, ours: Turn, theirs: Turn): Turn {
  if (isSame(ours, theirs)) return ours;
  const [first, ...rest] = mergeAnswers(base?.answers ?? [], ours.answers, theirs.answers);
  const summaries = mergeSummaries(base?.summaries ?? [], ours.summaries ?? [], theirs.summaries ?? []);
  return {
    ...ours,
    ...(first && { answers: [first, ...rest] }),
    ...(summaries.length > 0 && { summaries }),
  };
}

function mergeSummaries(
  base: readonly TurnsSummary[],
  ours: readonly TurnsSummary[],
  theirs: readonly TurnsSummary[],
): readonly TurnsSummary[] {
  return mergeSequences(ours, theirs, {
    key: ({ id }) => id,
    time: ({ answer }) => answer.runs[0]?.askedAt ?? 0,
    merge: (our, their) => {
      const known = base.find(({ id }) => id === our.id);
      const { answer } = mergeAnswer(known?.answer, our.answer, their.answer);
      // An edit and its use belong together, so they are taken from the same side.
      return { ...(isChangedLater(our, their) ? our : their), answer };
    },
  });
}

function isChangedLater(ours: TurnsSummary, theirs: TurnsSummary): boolean {
  if (ours.changedAt !== theirs.changedAt) return ours.changedAt > theirs.changedAt;
  return JSON.stringify(ours) >= JSON.stringify(theirs);
}

/** Answers have no ID and are identified by the time of their first request. */
function answerKey(answer: Answer, index: number): string {
  const asked = answer.runs[0]?.askedAt;
  return asked === undefined ? `at ${index}` : `asked ${asked}`;
}

interface KeyedAnswer {
  readonly key: string;
  readonly answer: Answer;
}

function keyed(answers: readonly Answer[]): readonly KeyedAnswer[] {
  return answers.map((answer, index) => ({ key: answerKey(answer, index), answer }));
}

function mergeAnswers(
  base: readonly Answer[],
  ours: readonly Answer[],
  theirs: readonly Answer[],
): readonly Answer[] {
  const known = new Map(keyed(base).map(({ key, answer }) => [key, answer]));
  const besides = new Map<Answer, Answer>();
  const merged = mergeSequences(keyed(ours), keyed(theirs), {
    key: ({ key }) => key,
    time: ({ answer }) => answer.runs[0]?.askedAt ?? 0,
    merge: (our, their) => {
      const { answer, beside } = mergeAnswer(known.get(our.key), our.answer, their.answer);
      if (beside) besides.set(answer, beside);
      return { ...our, answer };
    },
  });
  const keys = new Set(merged.map(({ key }) => key));
  return merged.flatMap(({ answer }, index) => {
    const beside = besides.get(answer);
    return beside && !keys.has(answerKey(beside, index)) ? [beside, answer] : [answer];
  });
}

/** `beside` is set if both have continued the answer differently: it is kept as an earlier answer. */
function mergeAnswer(
  base: Answer | undefined,
  ours: Answer,
  theirs: Answer,
): { readonly answer: Answer; readonly beside?: Answer } {
  if (isSame(ours, theirs) || (base && isSame(theirs, base))) return { answer: ours };
  if (base && isSame(ours, base)) return { answer: theirs };
  const [answer, other] = isLater(ours, theirs) ? [ours, theirs] : [theirs, ours];
  if (isBeginning(other, answer) || other.runs.length < 2) return { answer };
  // The first run is common to both, and its cost must not be counted twice.
  return { answer, beside: { ...other, runs: other.runs.slice(1) } };
}

function isLater(ours: Answer, theirs: Answer): boolean {
  const [ourRank, theirRank] = [rankOf(ours), rankOf(theirs)];
  for (const [index, rank] of ourRank.entries()) {
    const difference = rank - (theirRank[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return JSON.stringify(ours) >= JSON.stringify(theirs);
}

function isBeginning(beginning: Answer, whole: Answer): boolean {
  return beginning.choices.every(
    ({ text }, index) => whole.choices[index]?.text.startsWith(text) ?? text === '',
  );
}

/** The rank of one state of an answer: more runs and longer texts are later; an interrupted answer ranks lowest. */
function rankOf({ runs, choices, status }: Answer): readonly number[] {
  const text = choices.reduce((sum, choice) => sum + choice.text.length + choice.refusal.length, 0);
  const thoughts = choices.reduce((sum, { reasoning }) => sum + reasoning.length, 0);
  const lost = 'error' in status && status.kind !== 'retrying' && status.error.kind === 'interrupted';
  const progress = lost ? 0 : isRunning(status) ? 1 : 2;
  return [runs.length, progress === 2 ? 1 : 0, text, thoughts, progress];
}

/** Whether two plain, immutable values have the same content. */
function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
