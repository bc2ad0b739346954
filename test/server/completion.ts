import { randomBytes, randomInt } from 'node:crypto';
import { answers } from './answers/answers';
import type { Pricing } from './model-catalog';
import type { ChatRequest } from './chat-request';
import { splitIntoDeltas, truncated } from './deltas';
import { hash, pick, randomFrom } from './random';
import type { Random } from './random';

export interface Choice {
  readonly deltas: readonly string[];
  readonly finish: 'stop' | 'length';
}

export interface Completion {
  readonly id: string;
  /** Seconds since 1970. */
  readonly created: number;
  readonly model: string;
  readonly choices: readonly Choice[];
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly reasoningTokens: number;
  readonly usd: number;
  /** Random numbers for anything that a client cannot rely on, such as the order of the choices in a stream. */
  readonly random: Random;
}

/** An answer that a test specifies. It is complete despite the token limit. */
export interface GivenAnswer {
  readonly text: string;
  readonly deltas?: readonly string[];
}

export function complete(request: ChatRequest, given?: GivenAnswer): Completion {
  const base =
    request.seed === undefined ? randomInt(2 ** 32) : hash(JSON.stringify([request.seed, request.messages]));
  const thinkingTokens = reasoningTokens(request.messages.at(-1)?.content ?? '');
  const choices = Array.from({ length: request.n }, (_, index) => {
    const random = randomFrom(hash(`${base}:${index}`));
    return given ? givenChoice(given, random) : limitedChoice(request, thinkingTokens, random);
  });
  const reasoning = request.n * (given ? thinkingTokens : Math.min(thinkingTokens, request.limit));
  const promptTokens = sum(request.messages.map(({ content }) => tokens(content)));
  const completionTokens = reasoning + sum(choices.map(({ deltas }) => tokens(deltas.join(''))));
  return {
    id: `chatcmpl-${randomBytes(15).toString('hex')}`,
    created: Math.floor(Date.now() / 1000),
    model: request.model.snapshot,
    choices,
    promptTokens,
    completionTokens,
    reasoningTokens: reasoning,
    usd: price(request.model.pricing, promptTokens, completionTokens),
    random: randomFrom(base),
  };
}

function givenChoice({ text, deltas }: GivenAnswer, random: Random): Choice {
  return { deltas: deltas ?? splitIntoDeltas(text, random), finish: 'stop' };
}

/** The limit includes the reasoning, so a limit below it leaves no tokens for the text. */
function limitedChoice({ messages, limit }: ChatRequest, thinkingTokens: number, random: Random): Choice {
  const text = pick(answers(messages), random);
  const textLimit = Math.max(0, limit - thinkingTokens);
  if (tokens(text) <= textLimit) return { deltas: splitIntoDeltas(text, random), finish: 'stop' };
  return {
    deltas: splitIntoDeltas(truncated(text, textLimit * CHARACTERS_PER_TOKEN), random),
    finish: 'length',
  };
}

const CHARACTERS_PER_TOKEN = 4;

function tokens(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}

/** Between 128 and 1024 in steps of 64, like those of the service, and the same for the same question. */
function reasoningTokens(question: string): number {
  return 64 * (2 + (hash(question) % 15));
}

function price({ input, output }: Pricing, promptTokens: number, completionTokens: number): number {
  return Number(((promptTokens * input + completionTokens * output) / 1_000_000).toFixed(8));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
