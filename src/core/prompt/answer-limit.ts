import type { KnownLimit } from '../api';

/** The token limit of an answer that is sent, and why it is lower than the one in the settings. */
export interface AnswerLimit {
  readonly tokens: number;
  readonly lowered?: LoweredLimit;
}

export interface LoweredLimit {
  /** The limit in the settings. */
  readonly from: number;
  readonly by: KnownLimit;
  /** Set if the service has refused the higher limit for this question. */
  readonly refused?: true;
}

/** The limits of a model in tokens, as far as they are known. */
interface ModelLimits {
  readonly context?: number;
  readonly maxOutput?: number;
}

/** Services count the tokens of a prompt differently, so a share of our count and a number of tokens are left free. */
const COUNT_MARGIN_SHARE = 0.05;
const MIN_COUNT_MARGIN_TOKENS = 64;

/** If less than this is free, most of an answer would be cut off, so the limit is not lowered and the service decides. */
const MIN_ROOM_SHARE = 1 / 8;
const MIN_ROOM_TOKENS = 1024;

/** The token limit for an answer: at most what the model returns, and at most what the prompt leaves of its context window. */
export function limitAnswer(
  wanted: number,
  { context, maxOutput }: ModelLimits,
  promptTokens: number,
): AnswerLimit {
  const modelLimit = maxOutput !== undefined && maxOutput < wanted ? maxOutput : wanted;
  if (context !== undefined) {
    const room = context - Math.ceil(promptTokens * (1 + COUNT_MARGIN_SHARE)) - MIN_COUNT_MARGIN_TOKENS;
    const enough = Math.min(MIN_ROOM_TOKENS, context * MIN_ROOM_SHARE);
    if (room < modelLimit && room >= enough)
      return { tokens: room, lowered: { from: wanted, by: { context } } };
  }
  if (maxOutput === undefined || modelLimit === wanted) return { tokens: wanted };
  return { tokens: modelLimit, lowered: { from: wanted, by: { maxOutput } } };
}
