import { startServer } from '../server/server';
import { inRepository } from '../support/paths';
import { bundleScript } from './bundle-script';
import { figuresOf } from './figures';
import { lineOf, type BenchLine } from './line';
import { median } from './quantile';

const streams = 10;
/** Time between two deltas of a stream, in ms; timers of Node take 1 ms longer. */
const deltaMs = 9;
const framesPerSecond = 60;
const pairs = 3;

/** The figures that a process prints at its end. */
export interface HostFigures {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly deltas: number;
  /** The messages of the stream with the most messages. */
  readonly messages: number;
}

/**
 * Ten chats are answered at the same time over real sockets in a process of its own, each with its webview and its file.
 * The process does all of the work of the extension host except the transport of the messages by VS Code. The baseline
 * only reads the streams and parses their events.
 */
export async function benchTenStreams(): Promise<readonly BenchLine[]> {
  const scripts = [
    await bundleWithoutVsCode('ten-streams-baseline'),
    await bundleWithoutVsCode('ten-streams-host'),
  ] as const;
  const measured: Pair[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    measured.push({ baseline: await measure(scripts[0]), host: await measure(scripts[1]) });
  }
  const share = median(measured.map(({ host }) => host.share));
  const baselineShare = median(measured.map(({ baseline }) => baseline.share));
  const ratio = median(measured.map(({ baseline, host }) => host.share / baseline.share));
  const messages = Math.max(...measured.map(({ host }) => host.messages));
  const label = `${streams} streams of 100 deltas per second each, share of a core`;
  const ratioLabel = `The same, compared with only reading and parsing them (${(baselineShare * 100).toFixed(1)} %), median of ${pairs} pairs`;
  return [
    // The cost of sockets differs greatly between machines, so the ratio has the strict limit. It is 3.1 to 4.7, depending on
    // the load of the machine; a host that writes each chat several times a second exceeds the limit.
    lineOf('P11', label, share * 100, { goal: 5, limit: 50, unit: ' %', digits: 1 }),
    lineOf('P11', ratioLabel, ratio, { goal: 2, limit: 6, unit: ' times' }),
    lineOf('P11', 'Messages per second to each webview at the same time', messages, {
      goal: framesPerSecond,
      limit: framesPerSecond,
      unit: '',
      digits: 0,
    }),
  ];
}

interface Measurement {
  /** The share of a core. */
  readonly share: number;
  /** Per second. */
  readonly messages: number;
}

/** Two measurements in immediate succession, so that the machine is in the same state. */
interface Pair {
  readonly baseline: Measurement;
  readonly host: Measurement;
}

/** Measures a process that reads ten streams. */
async function measure(script: string): Promise<Measurement> {
  const api = await startServer();
  try {
    const deltas = Array.from({ length: 2000 }, (_, index) => `word${index} `);
    for (let stream = 0; stream < streams; stream++) {
      api.script({ kind: 'answer', text: '', deltas, thinkingMs: 0, deltaMs });
    }
    const figures = await figuresOf<HostFigures>([script, api.origin, String(streams)]);
    const { seconds, cpuSeconds, deltas: arrived, messages } = figures;
    const rate = arrived / seconds / streams;
    // If the machine is too busy to keep the pace, its work is extrapolated to the intended pace.
    return { share: (cpuSeconds / seconds) * (100 / rate), messages: messages / seconds };
  } finally {
    await api.close();
  }
}

function bundleWithoutVsCode(name: string): Promise<string> {
  return bundleScript(name, { alias: { vscode: inRepository('test/bench/vscode-stub.ts') } });
}
