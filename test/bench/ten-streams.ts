import { startServer } from '../server/server';
import { inRepository } from '../support/paths';
import { bundleScript } from './bundle-script';
import { figuresOf } from './figures';
import { lineOf, type BenchLine } from './line';

const streams = 10;
/** Time between two deltas of a stream, in ms; timers of Node take 1 ms longer. */
const deltaMs = 9;
const framesPerSecond = 60;

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
  const baseline = await measure(await bundleWithoutVsCode('ten-streams-baseline'));
  const host = await measure(await bundleWithoutVsCode('ten-streams-host'));
  const label = `${streams} streams of 100 deltas per second each, share of a core`;
  const ratioLabel = `The same, compared with only reading and parsing them (${(baseline.share * 100).toFixed(1)} %)`;
  return [
    // The cost of sockets differs greatly between machines, so the ratio has the strict limit.
    lineOf('P11', label, host.share * 100, { goal: 5, limit: 50, unit: ' %', digits: 1 }),
    lineOf('P11', ratioLabel, host.share / baseline.share, { goal: 2, limit: 4, unit: ' times' }),
    lineOf('P11', 'Messages per second to each webview at the same time', host.messages, {
      goal: framesPerSecond,
      limit: framesPerSecond,
      unit: '',
      digits: 0,
    }),
  ];
}

/** The share of a core and the messages per second of a process that reads ten streams. */
async function measure(script: string): Promise<{ readonly share: number; readonly messages: number }> {
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
