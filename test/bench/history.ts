import type { Browser } from 'playwright-core';
import type { HistoryUpdate } from '../../src/protocol/history';
import { launchBrowser } from '../support/chromium';
import { openPanel } from '../support/panel-page';
import { lineOf, type BenchLine } from './line';

const chats = 10_000;
const rounds = 9;
/** In ms, from the click to the list on the screen; the host's share is measured where it runs. */
const bounds = { goal: 100, limit: 400, unit: ' ms', digits: 0 };

interface BenchWindow extends Window {
  onPost?: (message: { readonly type: string; readonly request?: { readonly kind: string } }) => void;
}

/** The list of 10,000 chats in the panel: its code loaded, the message checked, sorted, and drawn. */
export async function benchHistory(): Promise<readonly BenchLine[]> {
  const browser = await launchBrowser();
  try {
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) times.push(await clickToDrawn(browser));
    const what = `List of ${chats.toLocaleString('en')} chats, from the click until it is drawn, without the host, best of ${rounds}`;
    // Another process can only make it longer.
    return [lineOf('P10', what, Math.min(...times), bounds)];
  } finally {
    await browser.close();
  }
}

/** The host of the page answers at once, with a message that is cloned as a real one is. */
async function clickToDrawn(browser: Browser): Promise<number> {
  const panel = await openPanel(browser);
  try {
    await panel.post({ type: 'snapshot', seq: 1, turns: [] });
    const update: HistoryUpdate = { kind: 'list', chats: manyChats(), drafts: [], workspace: 'workspace' };
    return await panel.page.evaluate(measure, update);
  } finally {
    await panel.close();
  }
}

/** Runs in the page. */
async function measure(update: HistoryUpdate): Promise<number> {
  const page = window as unknown as BenchWindow & { received: { push: (message: unknown) => number } };
  const drawn = new Promise<number>((resolve) => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector('.chat-row')) return;
      observer.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now())));
    }).observe(document.body, { childList: true, subtree: true });
  });
  page.received.push = (message) => {
    const { type, request } = message as { type: string; request?: { kind: string } };
    if (type === 'history' && request?.kind === 'list') postMessage({ type: 'history', update }, '*');
    return 0;
  };
  const start = performance.now();
  [...document.querySelectorAll('button')].find(({ innerText }) => innerText === 'History')?.click();
  return (await drawn) - start;
}

function manyChats(): Extract<HistoryUpdate, { kind: 'list' }>['chats'] {
  return Array.from({ length: chats }, (_, index) => ({
    id: `0123456789-${index}`,
    title: `Why is the sum of the first ${index} odd numbers a square, and what has that to do with it?`,
    pinned: index % 1000 === 0,
    date: Date.now() - index * 3_600_000,
    running: false,
    shown: index === 0,
    here: true,
    workspace: 'workspace',
  }));
}
