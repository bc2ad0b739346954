import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { TestWindow } from './window';

interface SavedChat {
  readonly conversation: {
    readonly turns: readonly {
      readonly question: { readonly text: string };
      readonly answers: readonly { readonly choices: readonly { readonly text: string }[] }[];
    }[];
  };
}

/** Waits until the file of a chat has this answer to a question: it follows what is shown by some milliseconds. */
export async function untilSaved(w: TestWindow, question: string, expected: string): Promise<void> {
  for (let tries = 0; tries < 1200 && savedText(w, question) !== expected; tries++) await wait(50);
  assert.equal(savedText(w, question), expected);
}

/** What the files of the chats have for a question. */
function savedText(w: TestWindow, question: string): string | undefined {
  const storage = join(w.dataDir, 'data', 'User', 'globalStorage', 'o1mini.o1-mini-chat', 'chatSessions');
  const files = readdirSync(storage).filter((file) => /^[0-9a-f-]{36}\.json$/.test(file));
  for (const file of files) {
    const { conversation } = JSON.parse(readFileSync(join(storage, file), 'utf8')) as SavedChat;
    const turn = conversation.turns.find(({ question: { text } }) => text === question);
    if (turn) return turn.answers.at(-1)?.choices[0]?.text;
  }
  return undefined;
}
