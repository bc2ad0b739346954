import * as zlib from 'node:zlib';
import type { Exchange } from '../exchange';
import type { Expected, PlayedFault } from './fault';
import type { AnswerFormat } from './answer-format';
import { events, json, sends, answerText } from './stream';

const complete: Expected = { outcome: 'complete', text: answerText };

type Coding = keyof typeof encoders;

const encoders = {
  gzip: () => zlib.createGzip(),
  deflate: () => zlib.createDeflate(),
  'deflate-raw': () => zlib.createDeflateRaw(),
  br: () => zlib.createBrotliCompress(),
};

/** Encodes and flushes each part, so that it can be decoded before the next one arrives. The last piece ends the encoding. */
async function encoded(coding: Coding, parts: readonly (string | Buffer)[]): Promise<readonly Buffer[]> {
  const stream = encoders[coding]();
  const flushing = coding === 'br' ? zlib.constants.BROTLI_OPERATION_FLUSH : zlib.constants.Z_SYNC_FLUSH;
  const pieces: Buffer[] = [];
  for (const part of parts) {
    stream.write(part);
    await new Promise<void>((resolve) => {
      stream.flush(flushing, resolve);
    });
    pieces.push(stream.read() as Buffer);
  }
  const rest = stream.end().toArray() as Promise<Buffer[]>;
  return [...pieces, Buffer.concat(await rest)];
}

/** Sends encoded parts, which `change` may corrupt. */
function sendsEncoded(
  coding: Coding,
  parts: readonly string[],
  { change = (pieces: readonly Buffer[]) => pieces, headers = events, ...options }: EncodingOptions = {},
): PlayedFault['play'] {
  return async (to: Exchange) => {
    const pieces = change(await encoded(coding, parts));
    const name = coding.replace('-raw', '');
    await sends({ headers: { ...headers, 'content-encoding': name }, parts: pieces, ...options })(to);
  };
}

interface EncodingOptions {
  readonly change?: (pieces: readonly Buffer[]) => readonly Buffer[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly end?: 'close' | 'destroy' | 'hang';
  readonly status?: number;
}

const whole = ({ answerStream, answerCompletion, done }: AnswerFormat): readonly PlayedFault[] =>
  (['gzip', 'deflate', 'deflate-raw', 'br'] as const).flatMap((coding) => [
    {
      name: `${coding}-stream`,
      description: `A stream encoded as ${coding}, although the client did not request it, on a connection that stays open.`,
      expected: complete,
      play: sendsEncoded(coding, [answerStream, done], { end: 'hang' }),
    },
    {
      name: `${coding}-json`,
      description: `One completion encoded as ${coding}.`,
      expected: complete,
      play: sendsEncoded(coding, [answerCompletion], { headers: json }),
    },
  ]);

const unusual = ({ answerStream, done }: AnswerFormat): readonly PlayedFault[] => [
  {
    name: 'gzip-in-br',
    description: 'A stream that is encoded twice.',
    expected: complete,
    play: async (to) => {
      const parts = await encoded('br', await encoded('gzip', [answerStream, done]));
      await sends({ headers: { ...events, 'content-encoding': 'GZip, br' }, parts })(to);
    },
  },
  {
    name: 'identity',
    description: 'A stream with the encoding identity.',
    expected: complete,
    play: sends({ headers: { ...events, 'content-encoding': 'identity' }, parts: [answerStream, done] }),
  },
  ...['none', 'utf-8', 'aws-chunked', 'none, identity'].map((coding) => ({
    name: `encoding-${coding.replace(', ', '-')}`,
    description: `A stream that is not encoded, with the encoding ${coding}.`,
    expected: complete,
    play: sends({ headers: { ...events, 'content-encoding': coding }, parts: [answerStream, done] }),
  })),
  {
    name: 'encoding-none-refusal',
    description: 'A 401 with the encoding none.',
    expected: { outcome: 'unauthorized', text: '', messagePart: 'wrong key' },
    play: sends({
      headers: { ...json, 'content-encoding': 'none' },
      parts: ['{"error":{"message":"wrong key"}}'],
      status: 401,
    }),
  },
  {
    name: 'gzip-single-bytes',
    description: 'An encoded stream with each byte in a separate packet.',
    expected: complete,
    play: sendsEncoded('gzip', [answerStream, done], {
      change: (pieces) => Array.from(Buffer.concat(pieces), (byte) => Buffer.of(byte)),
    }),
  },
  {
    name: 'gzip-refusal',
    description: 'A 401 with an encoded body.',
    expected: { outcome: 'unauthorized', text: '', messagePart: 'wrong key' },
    play: sendsEncoded('gzip', ['{"error":{"message":"wrong key"}}'], { headers: json, status: 401 }),
  },
];

const broken = ({ soFar, answerStream, done, textEvent }: AnswerFormat): readonly PlayedFault[] => [
  {
    name: 'gzip-stall',
    description: 'Nothing after the first text of an encoded stream.',
    expected: { outcome: 'timeout', text: 'So far', phase: 'idle' },
    play: sendsEncoded('gzip', [soFar], { change: (pieces) => pieces.slice(0, 1), end: 'hang' }),
  },
  {
    name: 'gzip-cut',
    description: 'The connection breaks within an encoded stream.',
    expected: { outcome: 'network', text: 'So far', messagePart: 'ECONNRESET' },
    play: sendsEncoded('gzip', [soFar], { change: (pieces) => pieces.slice(0, 1), end: 'destroy' }),
  },
  {
    name: 'gzip-truncated',
    description: 'An encoded stream that is incomplete, although the connection is closed normally.',
    expected: { outcome: 'truncated', text: 'So far' },
    play: sendsEncoded('gzip', [soFar, textEvent('lost')], { change: ([first]) => (first ? [first] : []) }),
  },
  {
    name: 'gzip-corrupt',
    description: 'Invalid bytes within an encoded stream.',
    expected: { outcome: 'network', text: 'So far', messagePart: 'Z_DATA_ERROR' },
    // In the same packet, the decoder would discard the text together with the invalid bytes.
    play: sendsEncoded('gzip', [soFar], {
      change: (pieces) => [...pieces.slice(0, 1), Buffer.alloc(100, 0xff)],
      end: 'hang',
    }),
  },
  {
    name: 'br-corrupt',
    description: 'Invalid bytes instead of a Brotli stream.',
    expected: { outcome: 'network', text: '', messagePart: 'br' },
    play: sends({
      headers: { ...events, 'content-encoding': 'br' },
      parts: [Buffer.alloc(100, 0xff)],
      end: 'hang',
    }),
  },
  {
    name: 'gzip-not-encoded',
    description: 'A stream that is not encoded, although its headers name gzip.',
    expected: { outcome: 'network', text: '', messagePart: 'Z_DATA_ERROR' },
    play: sends({
      headers: { ...events, 'content-encoding': 'gzip' },
      parts: [answerStream, done],
      end: 'hang',
    }),
  },
  {
    name: 'unsupported-encoding',
    description: 'An encoding that cannot be decoded.',
    expected: { outcome: 'network', text: '', messagePart: 'zstd' },
    play: sends({
      headers: { ...events, 'content-encoding': 'zstd' },
      parts: [Buffer.from('28b52ffd', 'hex')],
      end: 'hang',
    }),
  },
];

export const encodingFaults = (format: AnswerFormat): readonly PlayedFault[] => [
  ...whole(format),
  ...unusual(format),
  ...broken(format),
];
