import type { Browser } from 'playwright-core';

/** The parts of Chromium's trace events that are used here. Source: the Trace Event Format of Chromium. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** CPU of the thread, in microseconds. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

const taskCategory = 'disabled-by-default-devtools.timeline';

/**
 * The longest task, in ms of CPU, of the main threads of pages while something happens in them. CPU does not grow
 * with what else the machine does, and tasks of any length are seen, not only those of 50 ms and more.
 */
export async function longestTaskWhile(browser: Browser, happens: () => Promise<unknown>): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: [taskCategory, '__metadata'], excludedCategories: ['*'] },
  });
  await happens();
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  const mainThreads = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(threadOf),
  );
  if (mainThreads.size === 0) throw new Error('The trace names no main thread of a page.');
  const tasks = events.filter((event) => event.name === 'RunTask' && mainThreads.has(threadOf(event)));
  return Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur / 1000));
}

function threadOf({ pid, tid }: TraceEvent): string {
  return `${pid}/${tid}`;
}
