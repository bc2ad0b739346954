import type { Turn } from '../../core/chat/conversation';
import { fitToContext, type ContextFit } from '../../core/prompt/context-budget';
import { questionText, turnMessages } from '../../core/prompt/messages';
import type { TokenCounter } from '../../core/tokens/count';
import { maxCost } from '../../core/tokens/price';
import type { ModelMetadata } from '../models/model-metadata';
import type { RequestDraft } from './request-draft';

/** The parts of a request that decide its size and price. */
export interface EstimateInput extends Pick<RequestDraft, 'history' | 'question' | 'pinned'> {
  readonly instructions: string;
  readonly model: string;
  /** Token limit of each answer, reasoning included. */
  readonly limit: number;
  readonly n: number;
  readonly metadata: ModelMetadata;
}

/** The tokens of a request and its highest price. */
export interface RequestEstimate {
  /** Tokens of the prompt, counted with our tokenizer. */
  readonly promptTokens: number;
  /** The part of the request that fits into the context of the model; absent if the size of the context is not known. */
  readonly fit?: ContextFit;
  /** In US dollars; absent where the price is not known. */
  readonly greatestCost?: number;
}

/** True if a part must be omitted, or if the request cannot fit at all. */
export function exceedsContext({ fits, droppedTurns, droppedContext }: ContextFit): boolean {
  return !fits || droppedTurns > 0 || droppedContext;
}

/** Tokens that the chat format adds to each message, and to the beginning of the answer. */
const TOKENS_PER_MESSAGE = 4;
const TOKENS_PER_ANSWER = 3;

/** Counts a request that may be sent. */
export async function estimateRequest(input: EstimateInput, counter: TokenCounter): Promise<RequestEstimate> {
  const { history, pinned, question, instructions, limit, n, metadata } = input;
  const turns: number[] = [];
  for (const turn of history) turns.push(await turnTokens(turn, counter));
  const text = await counter.count(question.text);
  const whole = question.attachments ? await counter.count(questionText(question)) : text;
  const instructionTokens = instructions === '' ? 0 : await counter.count(instructions);
  const fixed = instructionTokens + (pinned ? await turnTokens(pinned, counter) : 0);

  const size = {
    turns,
    question: fixed + text + TOKENS_PER_MESSAGE + TOKENS_PER_ANSWER,
    context: whole - text,
  };
  const promptTokens = turns.reduce((sum, tokens) => sum + tokens, size.question + size.context);
  return {
    promptTokens,
    ...(metadata.context !== undefined && { fit: fitToContext(size, metadata.context, limit) }),
    ...(metadata.price && { greatestCost: maxCost(metadata.price, promptTokens, limit, n) }),
  };
}

async function turnTokens(turn: Turn, counter: TokenCounter): Promise<number> {
  let tokens = 0;
  for (const { content } of turnMessages(turn, ''))
    tokens += (await counter.count(content)) + TOKENS_PER_MESSAGE;
  return tokens;
}
