import * as zlib from 'node:zlib';
import type { Exchange } from '../exchange';
import type { Expected, PlayedFault } from './fault';
import {
  data,
  chunk,
  done,
  events,
  json,
  sends,
  soFar,
  answerText,
  answerCompletion,
  answerStream,
} from './stream';

const complete: Expected = { outcome: 'complete', text: answerText };

type Coding = 'gzip' | 'deflate' | 'br';

function encoder(coding: Coding): zlib.Gzip | zlib.Deflate | zlib.BrotliCompress {
  if (coding === 'br') return zlib.createBrotliCompress();
  return coding === 'gzip' ? zlib.createGzip() : zlib.createDeflate();
}

/** Each part encoded and flushed, so that it can be read before the next one comes; last, the end. */
async function encoded(coding: Coding, parts: readonly (string | Buffer)[]): Promise<readonly Buffer[]> {
  const stream = encoder(coding);
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

/** Named as an encoded stream; `change` spoils what is sent. */
function sendsEncoded(
  coding: Coding,
  parts: readonly string[],
  { change = (pieces: readonly Buffer[]) => pieces, headers = events, ...how }: Spoiling = {},
): PlayedFault['play'] {
  return async (to: Exchange) => {
    const pieces = change(await encoded(coding, parts));
    await sends({ headers: { ...headers, 'content-encoding': coding }, parts: pieces, ...how })(to);
  };
}

interface Spoiling {
  readonly change?: (pieces: readonly Buffer[]) => readonly Buffer[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly end?: 'close' | 'cut' | 'hang';
  readonly status?: number;
}

const stream = [answerStream, done];

const whole: readonly PlayedFault[] = (['gzip', 'deflate', 'br'] as const).flatMap((coding) => [
  {
    name: `${coding}-stream`,
    description: `A stream encoded as ${coding}, which nobody asked for; the connection stays open.`,
    expected: complete,
    play: sendsEncoded(coding, stream, { end: 'hang' }),
  },
  {
    name: `${coding}-json`,
    description: `One completion encoded as ${coding}.`,
    expected: complete,
    play: sendsEncoded(coding, [answerCompletion], { headers: json }),
  },
]);

const odd: readonly PlayedFault[] = [
  {
    name: 'gzip-in-br',
    description: 'A stream encoded twice.',
    expected: complete,
    play: async (to) => {
      const parts = await encoded('br', await encoded('gzip', stream));
      await sends({ headers: { ...events, 'content-encoding': 'GZip, br' }, parts })(to);
    },
  },
  {
    name: 'identity',
    description: 'A stream whose encoding is called identity.',
    expected: complete,
    play: sends({ headers: { ...events, 'content-encoding': 'identity' }, parts: stream }),
  },
  {
    name: 'gzip-single-bytes',
    description: 'An encoded stream of which each byte comes in a packet of its own.',
    expected: complete,
    play: sendsEncoded('gzip', stream, {
      change: (pieces) => Array.from(Buffer.concat(pieces), (byte) => Buffer.of(byte)),
    }),
  },
  {
    name: 'gzip-refusal',
    description: 'A 401 whose body is encoded.',
    expected: { outcome: 'unauthorized', text: '', messagePart: 'wrong key' },
    play: sendsEncoded('gzip', ['{"error":{"message":"wrong key"}}'], { headers: json, status: 401 }),
  },
];

const broken: readonly PlayedFault[] = [
  {
    name: 'gzip-stall',
    description: 'An encoded stream that stays silent after its first words.',
    expected: { outcome: 'timeout', text: 'So far', phase: 'idle' },
    play: sendsEncoded('gzip', [soFar], { change: (pieces) => pieces.slice(0, 1), end: 'hang' }),
  },
  {
    name: 'gzip-cut',
    description: 'The connection breaks within an encoded stream.',
    expected: { outcome: 'network', text: 'So far', messagePart: 'ECONNRESET' },
    play: sendsEncoded('gzip', [soFar], { change: (pieces) => pieces.slice(0, 1), end: 'cut' }),
  },
  {
    name: 'gzip-truncated',
    description: 'An encoded stream that ends, in good order, before its end.',
    expected: { outcome: 'truncated', text: 'So far' },
    play: sendsEncoded('gzip', [soFar, data(chunk('lost'))], { change: ([first]) => (first ? [first] : []) }),
  },
  {
    name: 'gzip-corrupt',
    description: 'Bytes within an encoded stream that no encoder has written.',
    expected: { outcome: 'network', text: 'So far', messagePart: 'Z_DATA_ERROR' },
    // In one packet with the garbage, the words before it would not get out of the decoder.
    play: sendsEncoded('gzip', [soFar], {
      change: (pieces) => [...pieces.slice(0, 1), Buffer.alloc(100, 0xff)],
      end: 'hang',
    }),
  },
  {
    name: 'br-corrupt',
    description: 'Bytes instead of a brotli stream.',
    expected: { outcome: 'network', text: '', messagePart: 'br' },
    play: sends({
      headers: { ...events, 'content-encoding': 'br' },
      parts: [Buffer.alloc(100, 0xff)],
      end: 'hang',
    }),
  },
  {
    name: 'gzip-untrue',
    description: 'A plain stream that is called gzip.',
    expected: { outcome: 'network', text: '', messagePart: 'Z_DATA_ERROR' },
    play: sends({ headers: { ...events, 'content-encoding': 'gzip' }, parts: stream, end: 'hang' }),
  },
  {
    name: 'unknown-encoding',
    description: 'An encoding that nobody knows.',
    expected: { outcome: 'network', text: '', messagePart: 'x-rot13' },
    play: sends({ headers: { ...events, 'content-encoding': 'x-rot13' }, parts: stream, end: 'hang' }),
  },
];

export const encodingFaults: readonly PlayedFault[] = [...whole, ...odd, ...broken];
