export interface PromptSize {
  /** Tokens of each earlier turn, oldest first. */
  readonly turns: readonly number[];
  /** Tokens of the question's words, the instructions and the overhead of the format. */
  readonly question: number;
  /** Tokens of the code attached to the question; 0 for none. */
  readonly context: number;
}

export interface ContextFit {
  /** How many of the oldest turns have to go. */
  readonly droppedTurns: number;
  /** Whether the attached code has to go: last of all. */
  readonly droppedContext: boolean;
  /** Tokens of the prompt that is sent then. */
  readonly tokens: number;
  /** False where even the bare question is too much. */
  readonly fits: boolean;
}

/**
 * The share of the window that an answer's limit can claim. A limit is the most that somebody will pay for,
 * and may well be set above the window of a small model: without this, no question would ever fit. All that
 * o1-mini can answer is less than this share of its window.
 */
const MAX_ANSWER_SHARE = 3 / 4;

/**
 * What has to be left out so that prompt and answer fit the model's window, which holds both: oldest turns
 * first, the attached code last. Where the code could not stay even alone with the question, no turn goes
 * for its sake.
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
