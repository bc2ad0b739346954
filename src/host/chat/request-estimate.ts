import type { Question, Turn } from '../../core/chat/conversation';
import { fitToContext, type Fit } from '../../core/prompt/budget';
import { questionText, turnMessages } from '../../core/prompt/messages';
import type { TokenCounter } from '../../core/tokens/count';
import { greatestCost } from '../../core/tokens/price';
import type { ModelFacts } from '../models/model-metadata';

/** A question that may be sent. */
export interface Plan {
  /** The turns that may be left out, oldest first. */
  readonly history: readonly Turn[];
  /** A turn that the question is nothing without: the one that is to be continued. */
  readonly pinned?: Turn;
  readonly question: Question;
  readonly instructions: string;
  readonly model: string;
  /** Tokens for each answer, the reasoning included. */
  readonly limit: number;
  readonly n: number;
  readonly facts: ModelFacts;
}

/** What sending it would take. */
export interface Forecast {
  /** Tokens of the prompt, as we count them. */
  readonly promptTokens: number;
  /** What the model's window has room for; absent where its size is not known. */
  readonly fit?: Fit;
  /** US dollars at most; absent where the price is not known. */
  readonly greatestCost?: number;
}

/** Whether not all of it fits. */
export function isTooMuch({ fits, droppedTurns, droppedContext }: Fit): boolean {
  return !fits || droppedTurns > 0 || droppedContext;
}

/** Tokens that the format takes for each message, and for the beginning of the answer. */
const perMessage = 4;
const perAnswer = 3;

export async function forecast(plan: Plan, counter: TokenCounter): Promise<Forecast> {
  const { history, pinned, question, instructions, limit, n, facts } = plan;
  const turns: number[] = [];
  for (const turn of history) turns.push(await turnTokens(turn, counter));
  const words = await counter.count(question.text);
  const whole = question.attachments ? await counter.count(questionText(question)) : words;
  const instructed = instructions === '' ? 0 : await counter.count(instructions);
  const standing = instructed + (pinned ? await turnTokens(pinned, counter) : 0);

  const size = { turns, question: standing + words + perMessage + perAnswer, context: whole - words };
  const promptTokens = turns.reduce((sum, tokens) => sum + tokens, size.question + size.context);
  return {
    promptTokens,
    ...(facts.context !== undefined && { fit: fitToContext(size, facts.context, limit) }),
    ...(facts.price && { greatestCost: greatestCost(facts.price, promptTokens, limit, n) }),
  };
}

async function turnTokens(turn: Turn, counter: TokenCounter): Promise<number> {
  let tokens = 0;
  for (const { content } of turnMessages(turn, '')) tokens += (await counter.count(content)) + perMessage;
  return tokens;
}
