import { build } from 'esbuild';
import { startServer } from '../server/server';
import { inRepository } from '../support/paths';
import { figuresOf } from './figures';
import { lineOf, type BenchLine } from './line';

const streams = 10;
/** Milliseconds between two deltas of a stream; a timer of Node takes one more. */
const deltaMs = 9;
const framesPerSecond = 60;

/** What the process of the host says at its end. */
export interface HostFigures {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly deltas: number;
  /** The most of all streams. */
  readonly messages: number;
}

/**
 * Ten chats answered at once, each with its page and its file, over real sockets in a process of its own: all that the
 * extension host does for them, but for VS Code's own transport of the messages. The floor only reads the streams and
 * parses their events.
 */
export async function benchTenStreams(): Promise<readonly BenchLine[]> {
  const floor = await measure(await bundled('ten-streams-floor'));
  const host = await measure(await bundled('ten-streams-host'));
  const what = `${streams} streams at 100 deltas a second each, share of a core`;
  const ratio = `The same, against only reading and parsing them (${(floor.share * 100).toFixed(1)} %)`;
  return [
    // What sockets cost differs by several times between machines, so the ratio is what is held.
    lineOf('P11', what, host.share * 100, { goal: 5, limit: 50, unit: ' %', digits: 1 }),
    lineOf('P11', ratio, host.share / floor.share, { goal: 2, limit: 4, unit: ' times' }),
    lineOf('P11', 'Messages a second to each page meanwhile', host.messages, {
      goal: framesPerSecond,
      limit: framesPerSecond,
      unit: '',
      digits: 0,
    }),
  ];
}

/** The share of a core and the messages a second of a process that reads ten streams. */
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
    // A machine that is too busy for the pace is given the work that it did, at the pace that was meant.
    return { share: (cpuSeconds / seconds) * (100 / rate), messages: messages / seconds };
  } finally {
    await api.close();
  }
}

async function bundled(name: string): Promise<string> {
  const outfile = inRepository(`out/bench/${name}.cjs`);
  await build({
    entryPoints: [inRepository(`test/bench/${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    alias: { vscode: inRepository('test/bench/no-vscode.ts') },
    logLevel: 'warning',
  });
  return outfile;
}
