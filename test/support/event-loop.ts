/** Milliseconds between two looks at the event loop. */
const PERIOD = 5;

export interface EventLoopWatch {
  /** Milliseconds of processor time of the longest piece of work that let nothing else run. */
  readonly longestBlock: number;
  /** Resolves when so many turns in a row had little to do. */
  whenQuiet(turns?: number): Promise<void>;
  stop(): void;
}

/**
 * Watches how long this process is held up. Both clocks count: other processes of a busy machine make a turn longer,
 * but take no processor time of this one.
 */
export function watchEventLoop(): EventLoopWatch {
  let longestBlock = 0;
  let quietTurns = 0;
  let listeners: { readonly turns: number; readonly resolve: () => void }[] = [];
  let before = look();
  const timer = setInterval(() => {
    const now = look();
    const busy = Math.min(now.wall - before.wall - PERIOD, now.processor - before.processor);
    before = now;
    longestBlock = Math.max(longestBlock, busy);
    quietTurns = busy < PERIOD ? quietTurns + 1 : 0;
    for (const { turns, resolve } of listeners) if (quietTurns >= turns) resolve();
    listeners = listeners.filter(({ turns }) => quietTurns < turns);
  }, PERIOD);
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

function look(): { readonly wall: number; readonly processor: number } {
  const { user, system } = process.cpuUsage();
  return { wall: performance.now(), processor: (user + system) / 1000 };
}
