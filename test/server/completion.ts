import { randomBytes, randomInt } from 'node:crypto';
import { answers } from './answers/answers';
import type { Pricing } from './known-models';
import type { ChatRequest } from './chat-request';
import { beginning, cutIntoDeltas } from './deltas';
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
  /** Chance for what is left to it, such as the order in which choices take turns. */
  readonly random: Random;
}

/** A text that a test wants as the answer: it is given whole, whatever the limit. */
export interface PreparedAnswer {
  readonly text: string;
  readonly deltas?: readonly string[];
}

export function complete(request: ChatRequest, prepared?: PreparedAnswer): Completion {
  const base =
    request.seed === undefined ? randomInt(2 ** 32) : hash(JSON.stringify([request.seed, request.messages]));
  const thinking = reasoningTokens(request.messages.at(-1)?.content ?? '');
  const choices = Array.from({ length: request.n }, (_, index) => {
    const random = randomFrom(hash(`${base}:${index}`));
    return prepared ? preparedChoice(prepared, random) : limitedChoice(request, thinking, random);
  });
  const reasoning = request.n * (prepared ? thinking : Math.min(thinking, request.limit));
  const promptTokens = sum(request.messages.map(({ content }) => tokens(content)));
  const completionTokens = reasoning + sum(choices.map(({ deltas }) => tokens(deltas.join(''))));
  return {
    id: `chatcmpl-${randomBytes(15).toString('base64url')}`,
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

function preparedChoice({ text, deltas }: PreparedAnswer, random: Random): Choice {
  return { deltas: deltas ?? cutIntoDeltas(text, random), finish: 'stop' };
}

/** Thinking comes first, so a limit below it leaves nothing for the text. */
function limitedChoice({ messages, limit }: ChatRequest, thinking: number, random: Random): Choice {
  const text = pick(answers(messages), random);
  const room = Math.max(0, limit - thinking);
  if (tokens(text) <= room) return { deltas: cutIntoDeltas(text, random), finish: 'stop' };
  return { deltas: cutIntoDeltas(beginning(text, room * charactersPerToken), random), finish: 'length' };
}

const charactersPerToken = 4;

function tokens(text: string): number {
  return Math.ceil(text.length / charactersPerToken);
}

/** Between 128 and 1024 in steps of 64, as the service counts them; the same for the same question. */
function reasoningTokens(question: string): number {
  return 64 * (2 + (hash(question) % 15));
}

function price({ input, output }: Pricing, promptTokens: number, completionTokens: number): number {
  return Number(((promptTokens * input + completionTokens * output) / 1_000_000).toFixed(8));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
