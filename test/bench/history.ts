import type { Browser } from 'playwright-core';
import type { HistoryUpdate } from '../../src/protocol/history';
import { launchBrowser } from '../support/chromium';
import { openPanel } from '../support/panel-page';
import { lineOf, type BenchLine } from './line';

const chats = 10_000;
const rounds = 9;
/** The time from the click to the list on the screen, in ms; `chats.ts` measures the host as well. */
const bounds = { goal: 100, limit: 400, unit: ' ms', digits: 0 };

interface BenchWindow extends Window {
  onPost?: (message: { readonly type: string; readonly request?: { readonly kind: string } }) => void;
}

/** The list of 10,000 chats in the panel: loads its code, validates the message, sorts, and renders. */
export async function benchHistory(): Promise<readonly BenchLine[]> {
  const browser = await launchBrowser();
  try {
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) times.push(await clickToRendered(browser));
    const label = `List of ${chats.toLocaleString('en')} chats, from the click until it is rendered, without the host, best of ${rounds}`;
    // The shortest time counts, because other processes can only prolong it.
    return [lineOf('P10', label, Math.min(...times), bounds)];
  } finally {
    await browser.close();
  }
}

/** The host of the panel responds at once, with a message that is cloned like a real one. */
async function clickToRendered(browser: Browser): Promise<number> {
  const panel = await openPanel(browser);
  try {
    await panel.post({ type: 'snapshot', seq: 1, turns: [] });
    const update: HistoryUpdate = { kind: 'list', chats: manyChats(), drafts: [], workspace: 'workspace' };
    return await panel.page.evaluate(measure, update);
  } finally {
    await panel.close();
  }
}

/** Runs in the panel. */
async function measure(update: HistoryUpdate): Promise<number> {
  const page = window as unknown as BenchWindow & { received: { push: (message: unknown) => number } };
  const rendered = new Promise<number>((resolve) => {
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
  return (await rendered) - start;
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
