import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { askModel, type Transport } from '../../src/core/api';
import { clientServicesOver, requestTo } from '../support/wire';
import { contentEvents, splitBytes, endEvents } from './chunks';
import { lineOf, type BenchLine } from './line';

const MB = 1_000_000;

/** The memory in use while answers of two lengths are streamed and their text is discarded. */
export async function benchMemory(): Promise<readonly BenchLine[]> {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const block = splitBytes(contentEvents(MB), 16 * 1024);
  const peak = (megabytes: number): Promise<number> => peakWhileReading(block, megabytes, collectGarbage);
  await peak(10);
  const [short, long] = [await peak(10), await peak(60)];
  return [
    lineOf(
      'P2',
      `Peak memory while 60 MB are streamed, in addition to the ${(short / MB).toFixed(2)} MB for 10 MB`,
      (long - short) / MB,
      { goal: 1, limit: 1, unit: ' MB' },
    ),
  ];
}

/** The greatest increase of memory after any megabyte, in bytes. */
async function peakWhileReading(
  block: readonly Uint8Array[],
  megabytes: number,
  collectGarbage: () => void,
): Promise<number> {
  const inUse = (): number => {
    collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = inUse();
  let peak = 0;
  async function* body(): AsyncGenerator<Uint8Array> {
    for (let read = 0; read < megabytes; read++) {
      for (const chunk of block) yield await Promise.resolve(chunk);
      peak = Math.max(peak, inUse() - before);
    }
    yield new TextEncoder().encode(endEvents);
  }
  const response = { status: 200, header: () => 'text/event-stream', body: body() };
  const transport: Transport = () => ({ sent: Promise.resolve(), response: Promise.resolve(response) });
  const events = askModel(
    requestTo('http://127.0.0.1'),
    clientServicesOver(transport),
    new AbortController().signal,
  );
  for await (const event of events) {
    if (event.type === 'ended' && event.outcome.kind !== 'complete')
      throw new Error('The answer was not read completely.');
  }
  return peak;
}
