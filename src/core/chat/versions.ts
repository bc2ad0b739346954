import type { Conversation, Turn } from './conversation';

/** Other versions of a question, oldest first, each with the turns that followed it. */
export interface Versions {
  /** Older than the one that is shown. */
  readonly before: readonly Branch[];
  readonly after: readonly Branch[];
}

export type Branch = readonly [Turn, ...Turn[]];

/** Which of a question's versions is shown, from 1. */
export function versionOf({ versions }: Turn): { readonly number: number; readonly of: number } {
  const before = versions?.before.length ?? 0;
  return { number: before + 1, of: before + 1 + (versions?.after.length ?? 0) };
}

/** The conversation with another version of a turn, which is shown, and after it nothing yet. */
export function withVersion(conversation: Conversation, turnId: string, version: Turn): Conversation {
  const fork = forkAt(conversation, turnId);
  return fork ? joined(fork, [...fork.branches, [version]], fork.branches.length) : conversation;
}

/** The conversation with the version of a turn that is so many before or after the shown one, as far as there are. */
export function turnedTo(conversation: Conversation, turnId: string, step: 1 | -1): Conversation {
  const fork = forkAt(conversation, turnId);
  return fork ? joined(fork, fork.branches, fork.shown + step) : conversation;
}

/** A conversation taken apart at a turn. */
interface Fork {
  readonly conversation: Conversation;
  readonly trunk: readonly Turn[];
  readonly branches: readonly Branch[];
  /** The index of the branch that is shown. */
  readonly shown: number;
}

function forkAt(conversation: Conversation, turnId: string): Fork | undefined {
  const { turns } = conversation;
  const at = turns.findIndex(({ id }) => id === turnId);
  const turn = turns[at];
  if (!turn) return undefined;
  const { versions: { before, after } = { before: [], after: [] }, ...alone } = turn;
  const branch: Branch = [alone, ...turns.slice(at + 1)];
  return {
    conversation,
    trunk: turns.slice(0, at),
    branches: [...before, branch, ...after],
    shown: before.length,
  };
}

function joined({ conversation, trunk }: Fork, branches: readonly Branch[], shown: number): Conversation {
  const branch = branches[shown];
  if (!branch) return conversation;
  const [turn, ...rest] = branch;
  const versions = { before: branches.slice(0, shown), after: branches.slice(shown + 1) };
  return { ...conversation, turns: [...trunk, { ...turn, versions }, ...rest] };
}
