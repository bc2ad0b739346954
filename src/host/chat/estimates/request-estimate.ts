import { shownChoice } from '../../../core/chat/answer';
import { currentAnswer, type Turn } from '../../../core/chat/conversation';
import { limitAnswer, type AnswerLimit } from '../../../core/prompt/answer-limit';
import { fitToContext, isNearlyFull, type ContextFit } from '../../../core/prompt/context-budget';
import { questionText, turnMessages } from '../../../core/prompt/messages';
import type { TokenCounter } from '../../../core/tokens/token-counter';
import { maxCost } from '../../../core/tokens/price';
import type { ModelMetadata } from '../../models/model-metadata';
import type { RequestDraft } from '../request-draft';

/** The parts of a request that decide its size and price. */
export interface EstimateInput extends Pick<
  RequestDraft,
  'history' | 'question' | 'requiredTurns' | 'summarizes' | 'canSummarize'
> {
  readonly instructions: string;
  readonly model: string;
  /** The token limit of each answer in the settings, reasoning included. */
  readonly limit: number;
  readonly n: number;
  readonly metadata: ModelMetadata;
}

/** The tokens of a request and its highest price. */
export interface RequestEstimate {
  /** Tokens of the prompt, counted with our tokenizer. */
  readonly promptTokens: number;
  /** The token limit of each answer that is sent. */
  readonly answerLimit: AnswerLimit;
  /** The part of the request that fits into the context of the model; absent if the size of the context is not known. */
  readonly fit?: ContextFit;
  /** Set if earlier turns take up most of the context of the model. */
  readonly isNearlyFull?: true;
  /** In US dollars; absent if the price is not known. */
  readonly maxCostUsd?: number;
}

/** True if a part must be omitted, or if the request cannot fit at all. */
export function exceedsContext({ fits, droppedTurns, droppedAttachments }: ContextFit): boolean {
  return !fits || droppedTurns > 0 || droppedAttachments;
}

/** Tokens that the chat format adds to each message, and to the beginning of the answer. */
export const TOKENS_PER_MESSAGE = 4;
export const TOKENS_PER_ANSWER = 3;

/** Counts a request that may be sent. */
export async function estimateRequest(input: EstimateInput, counter: TokenCounter): Promise<RequestEstimate> {
  const { history, requiredTurns = [], question, instructions, model, limit, n, metadata } = input;
  const turns = await turnSizes(history, counter, model);
  const text = await counter.count(question.text);
  const whole = question.attachments ? await counter.count(questionText(question)) : text;
  const instructionTokens = instructions === '' ? 0 : await counter.count(instructions);
  const fixed = sum([instructionTokens, ...(await turnSizes(requiredTurns, counter, model))]);

  const size = {
    turns,
    question: fixed + text + TOKENS_PER_MESSAGE + TOKENS_PER_ANSWER,
    attachments: whole - text,
  };
  const promptTokens = sum([...turns, size.question, size.attachments]);
  const answerLimit = limitAnswer(limit, metadata, promptTokens);
  const { price, context, maxOutput = Infinity } = metadata;
  // The context budget reserves the full limit. `answerLimit` may be smaller, because it is reduced to the space that
  // the whole chat leaves, which may be too small for an answer.
  const wanted = Math.min(limit, maxOutput);
  return {
    promptTokens,
    answerLimit,
    ...(context !== undefined && { fit: fitToContext(size, context, wanted) }),
    ...(context !== undefined && isNearlyFull(size, context, wanted) && { isNearlyFull: true }),
    ...(price && { maxCostUsd: maxCost(price, promptTokens, answerLimit.tokens, n) }),
  };
}

function sum(tokens: readonly number[]): number {
  return tokens.reduce((total, part) => total + part, 0);
}

/**
 * The tokens of each turn in a prompt.
 *
 * @param model the model to which its own encrypted reasoning is sent back; absent if that is not sent
 */
export async function turnSizes(
  turns: readonly Turn[],
  counter: TokenCounter,
  model?: string,
): Promise<readonly number[]> {
  const sizes: number[] = [];
  for (const turn of turns) sizes.push((await turnTokens(turn, counter)) + carriedTokens(turn, model));
  return sizes;
}

async function turnTokens(turn: Turn, counter: TokenCounter): Promise<number> {
  let tokens = 0;
  for (const { content } of turnMessages(turn, ''))
    tokens += (await counter.count(content)) + TOKENS_PER_MESSAGE;
  return tokens;
}

/** The tokens of reasoning that is sent back encrypted, which only the service can count. */
function carriedTokens(turn: Turn, model: string | undefined): number {
  const answer = currentAnswer(turn);
  const [run] = answer.runs;
  if (!shownChoice(answer).reasoningItems || run?.terms.model !== model) return 0;
  return sum(run?.receipts.map(({ usage }) => usage?.reasoningTokens ?? 0) ?? []);
}
