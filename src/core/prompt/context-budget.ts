export interface PromptSize {
  /** Size of each earlier turn in tokens, oldest first. */
  readonly turns: readonly number[];
  /** Size of the question's text, the instructions and the message format in tokens. */
  readonly question: number;
  /** Size of the attachments, in tokens; 0 if there are none. */
  readonly attachments: number;
}

export interface ContextFit {
  /** The number of oldest turns that are left out. */
  readonly droppedTurns: number;
  /** Whether the attachments are left out; they are the last to be. */
  readonly droppedAttachments: boolean;
  /** Size of the resulting prompt in tokens. */
  readonly tokens: number;
  /** False if even the question alone is too large. */
  readonly fits: boolean;
}

/**
 * The largest share of the context window that is reserved for the answer. The token limit may exceed the window of a
 * small model; without this cap, no question would ever fit. The longest answer of o1-mini is less than this share of
 * its window.
 */
const MAX_ANSWER_SHARE = 3 / 4;

/**
 * Determines the parts that are left out so that prompt and answer fit into the context window: the oldest turns
 * first, the attachments last. If the attachments do not even fit with the question alone, they are left out and no
 * turn is removed for them.
 *
 * @param window of the model, in tokens
 * @param answerLimit the token limit of the answer
 */
export function fitToContext(size: PromptSize, window: number, answerLimit: number): ContextFit {
  const { turns, question, attachments } = size;
  const room = promptRoom(window, answerLimit);
  const droppedAttachments = attachments > 0 && question + attachments > room;

  let tokens = question + (droppedAttachments ? 0 : attachments);
  let droppedTurns = turns.length;
  for (const turn of turns.toReversed()) {
    if (tokens + turn > room) break;
    tokens += turn;
    droppedTurns--;
  }
  return {
    droppedTurns,
    droppedAttachments,
    tokens,
    fits: tokens <= room,
  };
}

/** The tokens of the window that a prompt can take up. */
export function promptRoom(window: number, answerLimit: number): number {
  return window - Math.min(answerLimit, Math.floor(window * MAX_ANSWER_SHARE));
}

/** The share of the room for prompts that earlier turns take up when a summary of them is suggested. */
const NEARLY_FULL_SHARE = 3 / 4;

/** Whether so much of the context window is taken up by earlier turns that they should be summarized. */
export function isNearlyFull(
  { turns }: Pick<PromptSize, 'turns'>,
  window: number,
  answerLimit: number,
): boolean {
  return sum(turns) >= nearlyFullSize(window, answerLimit);
}

/** The size of earlier turns, in tokens, from which `isNearlyFull` is true. */
export function nearlyFullSize(window: number, answerLimit: number): number {
  return Math.max(1, promptRoom(window, answerLimit) * NEARLY_FULL_SHARE);
}

/** The largest share of the room for prompts that the last turn can take up and still be left out of a summary. */
const MAX_UNSUMMARIZED_SHARE = 1 / 4;

/**
 * The number of oldest turns that a summary covers: all but the last one, to which the next question usually refers, as
 * far as they fit into the context window together with the summary.
 *
 * @param turns sizes of the turns in tokens, oldest first
 * @param least the number of turns that are covered in any case
 * @param instruction size of the instruction to summarize, in tokens
 * @param window of the model, in tokens; undefined if it is not known
 */
export function turnsToSummarize(
  turns: readonly number[],
  least: number,
  instruction: number,
  window: number | undefined,
  answerLimit: number,
): number {
  const room = window === undefined ? Infinity : promptRoom(window, answerLimit);
  let covered = (turns.at(-1) ?? 0) <= room * MAX_UNSUMMARIZED_SHARE ? turns.length - 1 : turns.length;
  while (covered > least && instruction + sum(turns.slice(0, covered)) > room) covered--;
  return Math.max(covered, least);
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total + size, 0);
}
