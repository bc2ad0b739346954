/** Time between two checks of the event loop, in ms. */
const PERIOD_MS = 5;

export interface EventLoopWatch {
  /** The longest time for which the event loop was blocked, in ms of processor time. */
  readonly longestBlock: number;
  /** Resolves when this many consecutive turns had little to do. */
  whenQuiet(turns?: number): Promise<void>;
  stop(): void;
}

/**
 * Measures how long the event loop of this process is blocked, as the lesser of elapsed time and processor time: other
 * processes prolong a turn, but they do not use the processor time of this process.
 */
export function watchEventLoop(): EventLoopWatch {
  let longestBlock = 0;
  let quietTurns = 0;
  let listeners: { readonly turns: number; readonly resolve: () => void }[] = [];
  let before = readClocks();
  const timer = setInterval(() => {
    const now = readClocks();
    const busy = Math.min(now.wall - before.wall - PERIOD_MS, now.processor - before.processor);
    before = now;
    longestBlock = Math.max(longestBlock, busy);
    quietTurns = busy < PERIOD_MS ? quietTurns + 1 : 0;
    for (const { turns, resolve } of listeners) if (quietTurns >= turns) resolve();
    listeners = listeners.filter(({ turns }) => quietTurns < turns);
  }, PERIOD_MS);
  return {
    get longestBlock() {
      return longestBlock;
    },
    whenQuiet: (turns = 100) =>
      new Promise((resolve) => {
        quietTurns = 0;
        listeners.push({ turns, resolve });
      }),
    stop: () => clearInterval(timer),
  };
}

function readClocks(): { readonly wall: number; readonly processor: number } {
  const { user, system } = process.cpuUsage();
  return { wall: performance.now(), processor: (user + system) / 1000 };
}
