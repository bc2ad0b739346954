import { askModel } from '../../src/core/api';
import { readAnswer, type AnswerReader } from '../../src/core/api/answers/answer-reader';
import { createChunkReader } from '../../src/core/api/chat-completions/chunk-reader';
import { createResponseReader } from '../../src/core/api/responses/response-reader';
import { createWatchdog } from '../../src/core/api/watchdog';
import { emptyConversation, reduce } from '../../src/core/chat/conversation';
import { clientServicesOver, requestTo, stillClock, transportOf } from '../support/wire';
import { contentEvents, splitBytes, endEvents, responseStream } from './chunks';
import { informationOf, lineOf, type BenchLine } from './line';

/** Shares of the throughput of the baseline, which only decodes bytes, splits lines and parses JSON. */
const goals = { reader: 0.95, client: 0.9, conversation: 0.85 };
/** A redaction of the key that takes twice as long, or a second pass over the events, exceeds them; a busy machine does not. */
const limits = { reader: 0.8, client: 0.62, conversation: 0.62 };
const rounds = 16;
const warmUps = 4;
const bytes = 10_000_000;

/** The sizes of a network packet, a TLS record and a full read of a socket. */
const packets = { '1.4 KB': 1448, '16 KB': 16 * 1024, '64 KB': 64 * 1024 };

/** Reads a whole stream, and counts the results so that the work cannot be optimized away. */
type StreamReader = (chunks: readonly Uint8Array[]) => Promise<number>;

interface Figure {
  /** Throughput in MB per second. */
  readonly speed: number;
  /** Throughput relative to the first reader. */
  readonly share: number;
}

/** A request with a key, because the client searches everything that it receives for the key. */
const request = requestTo('http://127.0.0.1', { apiKey: 'sk-proj-Ab3dEf6hIj9lMn2pQr5tUv8xYz1B4c7D0e' });

export async function benchStream(): Promise<readonly BenchLine[]> {
  const stream = contentEvents(bytes) + endEvents;
  const lines: BenchLine[] = [];
  for (const [name, size] of Object.entries(packets)) {
    const [baseline, chunkReader, client, conversation] = await measure(
      [splitAndParse, throughChunkReader, throughClient, throughConversation],
      splitBytes(stream, size),
    );
    if (!baseline || !chunkReader || !client || !conversation) throw new Error('A reader was not measured.');
    for (const [reader, { share }] of Object.entries({ reader: chunkReader, client, conversation })) {
      const label = `Speed of the ${reader} for 10 MB in packets of ${name}, compared with splitting lines and JSON.parse (${baseline.speed.toFixed(0)} MB/s)`;
      const [goal, limit] = [goals[reader as keyof typeof goals], limits[reader as keyof typeof limits]];
      // Services send small packets; the other sizes are for information.
      lines.push(
        size === packets['1.4 KB']
          ? lineOf('P9', label, share, { goal, limit, unit: ' times', better: 'more' })
          : informationOf('P9', label, `${share.toFixed(2)} times`),
      );
    }
  }
  return [...lines, await benchResponses()];
}

async function benchResponses(): Promise<BenchLine> {
  const chunks = splitBytes(responseStream(bytes), packets['1.4 KB']);
  const [baseline, chunkReader] = await measure([splitAndParse, throughResponseReader], chunks);
  if (!baseline || !chunkReader) throw new Error('A reader was not measured.');
  const label = `Speed of the reader of the Responses API for 10 MB, compared with splitting lines and JSON.parse (${baseline.speed.toFixed(0)} MB/s)`;
  return lineOf('P9', label, chunkReader.share, { goal: 0.8, limit: 0.7, unit: ' times', better: 'more' });
}

/**
 * The best round of each reader, which other processes have disturbed least: they take space in the caches of the processor, so
 * that even CPU time grows, and not equally for all readers. Each reader in turn is the first, so that the garbage of one is
 * not always collected during the same other one.
 */
async function measure(
  readers: readonly StreamReader[],
  chunks: readonly Uint8Array[],
): Promise<readonly Figure[]> {
  const times: number[][] = [];
  for (let round = 0; round < warmUps + rounds; round++) {
    const roundTimes: number[] = [];
    for (let turn = 0; turn < readers.length; turn++) {
      const index = (round + turn) % readers.length;
      const start = process.cpuUsage();
      await readers[index]?.(chunks);
      const { user, system } = process.cpuUsage(start);
      roundTimes[index] = (user + system) / 1000;
    }
    if (round >= warmUps) times.push(roundTimes);
  }
  const best = readers.map((_, reader) => Math.min(...times.map((roundTimes) => roundTimes[reader] ?? NaN)));
  return best.map((time) => ({ speed: bytes / 1000 / time, share: (best[0] ?? NaN) / time }));
}

async function* socket(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

const splitAndParse: StreamReader = async (chunks) => {
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

const throughChunkReader: StreamReader = (chunks) => throughReader(chunks, createChunkReader(1));

const throughResponseReader: StreamReader = (chunks) => throughReader(chunks, createResponseReader(25_000));

async function throughReader(chunks: readonly Uint8Array[], reader: AnswerReader): Promise<number> {
  const watchdog = createWatchdog(stillClock, request.timeouts);
  const response = { status: 200, header: () => 'text/event-stream', body: socket(chunks) };
  let count = 0;
  await readAnswer(response, reader, watchdog, (parts) => (count += parts.length));
  return count;
}

const throughClient: StreamReader = async (chunks) => {
  let count = 0;
  for await (const event of askModel(
    request,
    clientServicesOver(transportOf({ chunks })),
    new AbortController().signal,
  )) {
    if (event.type === 'text') count++;
  }
  return count;
};

const throughConversation: StreamReader = async (chunks) => {
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
    clientServicesOver(transportOf({ chunks })),
    new AbortController().signal,
  )) {
    conversation = reduce(conversation, { type: 'answer', event, at: 0 });
  }
  return conversation.turns.length;
};
