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
 * extension host does for them, but for VS Code's own transport of the messages.
 */
export async function benchTenStreams(): Promise<readonly BenchLine[]> {
  const api = await startServer();
  try {
    const deltas = Array.from({ length: 2000 }, (_, index) => `word${index} `);
    for (let stream = 0; stream < streams; stream++) {
      api.script({ kind: 'answer', text: '', deltas, thinkingMs: 0, deltaMs });
    }
    const host = [await bundleHost(), api.origin, String(streams)];
    const { seconds, cpuSeconds, deltas: arrived, messages } = await figuresOf<HostFigures>(host);
    const rate = arrived / seconds / streams;
    // A machine that is too busy for the pace is given the work that it did, at the pace that was meant.
    const share = (cpuSeconds / seconds) * (100 / rate);
    return [
      lineOf('P11', `${streams} streams at 100 deltas a second each, share of a core`, share * 100, {
        ...{ goal: 5, limit: 10, unit: ' %', digits: 1 },
      }),
      lineOf('P11', 'Messages a second to each page meanwhile', messages / seconds, {
        ...{ goal: framesPerSecond, limit: framesPerSecond, unit: '', digits: 0 },
      }),
    ];
  } finally {
    await api.close();
  }
}

async function bundleHost(): Promise<string> {
  const outfile = inRepository('out/bench/ten-streams-host.cjs');
  await build({
    entryPoints: [inRepository('test/bench/ten-streams-host.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    alias: { vscode: inRepository('test/bench/no-vscode.ts') },
    logLevel: 'warning',
  });
  return outfile;
}
