export interface PromptSize {
  /** Size of each earlier turn in tokens, oldest first. */
  readonly turns: readonly number[];
  /** Size of the question's text, the instructions and the message format in tokens. */
  readonly question: number;
  /** Size of the attachments in tokens; 0 for none. */
  readonly context: number;
}

export interface ContextFit {
  /** The number of oldest turns that are left out. */
  readonly droppedTurns: number;
  /** Whether the attachments are left out; they are the last to be. */
  readonly droppedContext: boolean;
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
  const { turns, question, context } = size;
  const room = window - Math.min(answerLimit, Math.floor(window * MAX_ANSWER_SHARE));
  const droppedContext = context > 0 && question + context > room;

  let tokens = question + (droppedContext ? 0 : context);
  let droppedTurns = turns.length;
  for (const turn of turns.toReversed()) {
    if (tokens + turn > room) break;
    tokens += turn;
    droppedTurns--;
  }
  return {
    droppedTurns,
    droppedContext,
    tokens,
    fits: tokens <= room,
  };
}
