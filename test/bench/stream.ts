import { askModel } from '../../src/core/api';
import { readAnswer, type AnswerReader } from '../../src/core/api/answer';
import { createChunkReader } from '../../src/core/api/chat-completions/chunk';
import { createResponseReader } from '../../src/core/api/responses/event';
import { createWatchdog } from '../../src/core/api/watchdog';
import { emptyConversation, reduce } from '../../src/core/chat/conversation';
import { portsOver, requestTo, stillClock, transportOf } from '../support/wire';
import { contentEvents, cut, endEvents, responseStream } from './chunks';
import { informationOf, lineOf, type BenchLine } from './line';
import { median } from './quantile';

/** Shares of the throughput of the floor: decoding the bytes, splitting the lines and parsing the JSON alone. */
const goals = { reader: 0.95, client: 0.9, conversation: 0.85 };
const limits = { reader: 0.85, client: 0.75, conversation: 0.7 };
const rounds = 16;
const warmUps = 4;
const bytes = 10_000_000;

/** What a packet on the way, a TLS record and a full read of a socket hold. */
const packets = { '1.4 KB': 1448, '16 KB': 16 * 1024, '64 KB': 64 * 1024 };

/** Reads a whole stream; counts what it found, so that nothing of it can be left out. */
type Way = (chunks: readonly Uint8Array[]) => Promise<number>;

interface Figure {
  /** Megabytes a second. */
  readonly speed: number;
  /** Throughput against that of the first way in the same round. */
  readonly share: number;
}

/** With a key, as what it looks like is looked for in all that comes. */
const request = requestTo('http://127.0.0.1', { apiKey: 'sk-proj-Ab3dEf6hIj9lMn2pQr5tUv8xYz1B4c7D0e' });

export async function benchStream(): Promise<readonly BenchLine[]> {
  const stream = contentEvents(bytes) + endEvents;
  const lines: BenchLine[] = [];
  for (const [name, size] of Object.entries(packets)) {
    const [floor, reading, client, conversation] = await measure(
      [splitAndParse, throughReading, throughClient, throughConversation],
      cut(stream, size),
    );
    if (!floor || !reading || !client || !conversation) throw new Error('A way was not measured.');
    for (const [way, { share }] of Object.entries({ reader: reading, client, conversation })) {
      const what = `Speed of the ${way} for 10 MB in packets of ${name}, against splitting lines and JSON.parse (${floor.speed.toFixed(0)} MB/s)`;
      const [goal, limit] = [goals[way as keyof typeof goals], limits[way as keyof typeof limits]];
      // The small packets are what arrives from a service; the others are for information.
      lines.push(
        size === packets['1.4 KB']
          ? lineOf('P9', what, share, { goal, limit, unit: ' times', better: 'more' })
          : informationOf('P9', what, `${share.toFixed(2)} times`),
      );
    }
  }
  return [...lines, await benchResponses()];
}

async function benchResponses(): Promise<BenchLine> {
  const chunks = cut(responseStream(bytes), packets['1.4 KB']);
  const [floor, reading] = await measure([splitAndParse, throughResponseReader], chunks);
  if (!floor || !reading) throw new Error('A way was not measured.');
  const what = `Speed of the reader of the Responses API for 10 MB, against splitting lines and JSON.parse (${floor.speed.toFixed(0)} MB/s)`;
  return lineOf('P9', what, reading.share, { goal: 0.8, limit: 0.7, unit: ' times', better: 'more' });
}

/**
 * The medians of each way, all of them in every round, so that what else the machine does befalls them alike;
 * each in turn is the first, so that none always clears away what the same other has left in memory.
 */
async function measure(ways: readonly Way[], chunks: readonly Uint8Array[]): Promise<readonly Figure[]> {
  const times: number[][] = [];
  for (let round = 0; round < warmUps + rounds; round++) {
    const inRound: number[] = [];
    for (let turn = 0; turn < ways.length; turn++) {
      const at = (round + turn) % ways.length;
      const start = process.cpuUsage();
      await ways[at]?.(chunks);
      const { user, system } = process.cpuUsage(start);
      inRound[at] = (user + system) / 1000;
    }
    if (round >= warmUps) times.push(inRound);
  }
  return ways.map((_, way) => ({
    speed: median(times.map((inRound) => bytes / 1000 / (inRound[way] ?? NaN))),
    share: median(times.map((inRound) => (inRound[0] ?? NaN) / (inRound[way] ?? NaN))),
  }));
}

async function* socket(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

const splitAndParse: Way = async (chunks) => {
  const decoder = new TextDecoder();
  let count = 0;
  let rest = '';
  for await (const chunk of socket(chunks)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('data: {') && JSON.parse(line.slice('data: '.length))) count++;
    }
  }
  return count;
};

const throughReading: Way = (chunks) => throughReader(chunks, createChunkReader(1));

const throughResponseReader: Way = (chunks) => throughReader(chunks, createResponseReader(25_000));

async function throughReader(chunks: readonly Uint8Array[], reader: AnswerReader): Promise<number> {
  const watchdog = createWatchdog(stillClock, request.timeouts);
  const response = { status: 200, header: () => 'text/event-stream', body: socket(chunks) };
  let count = 0;
  await readAnswer(response, reader, watchdog, (parts) => (count += parts.length));
  return count;
}

const throughClient: Way = async (chunks) => {
  let count = 0;
  for await (const event of askModel(
    request,
    portsOver(transportOf({ chunks })),
    new AbortController().signal,
  )) {
    if (event.type === 'text') count++;
  }
  return count;
};

const throughConversation: Way = async (chunks) => {
  const { maxCompletionTokens: tokens, model, n } = request.parameters;
  const terms = { origin: request.endpoint.origin, model, limit: tokens, n, promptTokens: 10 };
  const question = { text: 'What is a monad?' };
  let conversation = reduce(emptyConversation('chat'), {
    type: 'asked',
    turnId: 'turn',
    question,
    at: 0,
    terms,
  });
  for await (const event of askModel(
    request,
    portsOver(transportOf({ chunks })),
    new AbortController().signal,
  )) {
    conversation = reduce(conversation, { type: 'answer', event, at: 0 });
  }
  return conversation.turns.length;
};
