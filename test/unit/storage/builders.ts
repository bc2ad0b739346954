import type { LogOutputChannel } from 'vscode';
import type { Turn } from '../../../src/core/chat/turn';

/** A log that collects its lines. The other members of an output channel are not needed by these tests. */
export function collectingLog(): { readonly log: LogOutputChannel; readonly lines: string[] } {
  const lines: string[] = [];
  const write = (...parts: readonly unknown[]): void => void lines.push(parts.map(String).join(' '));
  const log = { trace: write, debug: write, info: write, warn: write, error: write };
  return { log: log as unknown as LogOutputChannel, lines };
}

export function turn(id: string, askedAt = 1000, answer = `Answer to ${id}`): Turn {
  return {
    id,
    askedAt,
    question: { text: `Question ${id}` },
    answers: [
      {
        status: { kind: 'done' },
        choices: [{ text: answer, refusal: '', reasoning: '', finishReason: 'stop' }],
        chosen: 0,
        runs: [{ terms, askedAt, endedAt: askedAt + 1, seed: null, receipts: [] }],
      },
    ],
  };
}

const terms = { origin: 'https://api.example', model: 'o1-mini', limit: 1000, n: 1, promptTokens: 100 };
