import type { Browser } from 'playwright-core';

/** The properties of a trace event that are used here. Source: the Trace Event Format of Chromium. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** CPU time of the thread, in microseconds. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

const taskCategory = 'disabled-by-default-devtools.timeline';

/**
 * The longest task of the main threads of all pages during an action, in ms of CPU time. CPU time does not depend on
 * other processes, and tracing also reports tasks of less than 50 ms.
 */
export async function longestTaskWhile(browser: Browser, act: () => Promise<unknown>): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: [taskCategory, '__metadata'], excludedCategories: ['*'] },
  });
  try {
    await act();
  } finally {
    const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
    await session.send('Tracing.end');
    await complete;
    await session.detach();
  }
  const mainThreads = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(threadOf),
  );
  if (mainThreads.size === 0) throw new Error('The trace has no main thread of a page.');
  const tasks = events.filter((event) => event.name === 'RunTask' && mainThreads.has(threadOf(event)));
  return Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur / 1000));
}

function threadOf({ pid, tid }: TraceEvent): string {
  return `${pid}/${tid}`;
}
