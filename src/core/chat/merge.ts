import type { Answer } from './answer';
import { isRunning } from './answer';
import type { Conversation } from './conversation';
import type { Branch, Turn } from './turn';

/**
 * Merges two states of a chat that have a common ancestor; the result has everything of both. Where both have changed
 * the same thing, the result does not depend on the order of the two, except for titles and pins: there `ours` wins.
 *
 * @param base the state that both developed from; undefined where it is not known
 */
export function mergeConversations(
  base: Conversation | undefined,
  ours: Conversation,
  theirs: Conversation,
): Conversation {
  if (ours === theirs || theirs === base) return ours;
  const scalar = <T>(of: (conversation: Conversation) => T): T =>
    mergeValue(base && of(base), of(ours), of(theirs));
  const title = base ? scalar((chat) => chat.title) : (ours.title ?? theirs.title);
  const pinned = base ? scalar((chat) => chat.pinned) : (ours.pinned ?? theirs.pinned);
  const turns = mergeTurns(base?.turns ?? [], ours.turns, theirs.turns);
  const unchanged = turns.length === ours.turns.length && turns.every((turn, at) => turn === ours.turns[at]);
  if (unchanged && title === ours.title && pinned === ours.pinned) return ours;
  return {
    id: ours.id,
    ...(title !== undefined && { title }),
    ...(pinned && { pinned }),
    turns: unchanged ? ours.turns : turns,
  };
}

/** A value that only one side has changed is taken from that side. */
function mergeValue<T>(base: T | undefined, ours: T, theirs: T): T {
  return isSame(ours, base) ? theirs : ours;
}

function mergeTurns(base: readonly Turn[], ours: readonly Turn[], theirs: readonly Turn[]): readonly Turn[] {
  const fork = findFork(ours, theirs);
  if (!fork) return mergeInOrder(base, ours, theirs);
  const before = mergeInOrder(base, ours.slice(0, fork.our), theirs.slice(0, fork.their));
  return [...before, ...mergeFork(base, ours.slice(fork.our), theirs.slice(fork.their))];
}

/** Where in each the first question stands that has several versions and is in both. */
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

/** The versions of the first of these turns, the shown one included, each with what follows it. */
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

/** Turns of the same ids are merged; those that one side lacks stand where they were asked. */
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
  return first ? { ...ours, answers: [first, ...rest] } : ours;
}

/** An answer has no id: it is known by when it was asked for. */
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

/** `beside` is there where both have gone on with the answer in their own way: it is kept as an earlier one. */
function mergeAnswer(
  base: Answer | undefined,
  ours: Answer,
  theirs: Answer,
): { readonly answer: Answer; readonly beside?: Answer } {
  if (isSame(ours, theirs) || (base && isSame(theirs, base))) return { answer: ours };
  if (base && isSame(ours, base)) return { answer: theirs };
  const [answer, other] = isLater(ours, theirs) ? [ours, theirs] : [theirs, ours];
  if (isBeginning(other, answer) || other.runs.length < 2) return { answer };
  // The first run is the common one, and its price is counted once.
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

/** Orders two states of one answer: continued ones and longer ones are later, and a window may lose an answer. */
function rankOf({ runs, choices, status }: Answer): readonly number[] {
  const text = choices.reduce((sum, choice) => sum + choice.text.length + choice.refusal.length, 0);
  const thoughts = choices.reduce((sum, { reasoning }) => sum + reasoning.length, 0);
  const lost = 'error' in status && status.kind !== 'retrying' && status.error.kind === 'interrupted';
  const progress = lost ? 0 : isRunning(status) ? 1 : 2;
  return [runs.length, progress === 2 ? 1 : 0, text, thoughts, progress];
}

interface SequenceRules<T> {
  readonly key: (item: T, index: number) => string;
  readonly time: (item: T) => number;
  readonly merge: (ours: T, theirs: T) => T;
}

/** All items of both in an order that keeps that of each; items that only one has stand in the order of their times. */
function mergeSequences<T>(ours: readonly T[], theirs: readonly T[], rules: SequenceRules<T>): T[] {
  const { key, time, merge } = rules;
  const theirItems = new Map(theirs.map((item, index) => [key(item, index), item]));
  const ourKeys = new Set(ours.map(key));
  const merged: T[] = [];
  const done = new Set<string>();
  let their = 0;

  const takeTheirs = (until: (item: T, itemKey: string) => boolean): void => {
    for (let item = theirs[their]; item !== undefined; item = theirs[++their]) {
      const itemKey = key(item, their);
      if (done.has(itemKey)) continue;
      if (until(item, itemKey)) return;
      done.add(itemKey);
      merged.push(item);
    }
  };

  for (const [index, item] of ours.entries()) {
    const itemKey = key(item, index);
    if (done.has(itemKey)) continue;
    const twin = theirItems.get(itemKey);
    // Theirs that stand before a common item come before it; others where their time puts them.
    if (twin !== undefined) takeTheirs((_, other) => ourKeys.has(other));
    else takeTheirs((other, otherKey) => ourKeys.has(otherKey) || !isBefore(other, otherKey, item, itemKey));
    done.add(itemKey);
    merged.push(twin === undefined ? item : merge(item, twin));
  }
  takeTheirs(() => false);
  return merged;

  function isBefore(a: T, aKey: string, b: T, bKey: string): boolean {
    const difference = time(a) - time(b);
    return difference < 0 || (difference === 0 && aKey < bKey);
  }
}

/** Whether two parts of chats, which are plain and immutable, have the same content. */
function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
