import type { ChatListItem } from '../../../src/protocol/history';

export const DAY_MS = 86_400_000;

export const noProblems = { damaged: 0, laterVersion: 0, unreadable: 0 };
export type ListProblems = typeof noProblems;

export function chat(
  id: string,
  title: string,
  daysAgo: number,
  others: Partial<ChatListItem> = {},
): ChatListItem {
  const date = Date.now() - daysAgo * DAY_MS - 1000;
  return { id, title, pinned: false, date, running: false, shown: false, here: true, ...others };
}

/** Chats with dates relative to the current time. */
export const sampleChats = (): readonly ChatListItem[] => [
  chat('old', 'Prove that the square root of 2 is irrational', 40),
  chat('week', 'Sorting', 4),
  chat('today', 'Explain this code.', 0, { shown: true }),
  chat('now', 'Primes below a hundred, and why there is no greatest of them at all', 1e-5, { running: true }),
  chat('kept', 'Orbits', 100, { pinned: true }),
];
