import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { TestWindow } from '../support/window';

interface SavedChat {
  readonly conversation: {
    readonly turns: readonly {
      readonly question: { readonly text: string };
      readonly answers: readonly { readonly choices: readonly { readonly text: string }[] }[];
    }[];
  };
}

/** The folder of the chats of all workspaces. */
export function chatFolder({ dataDir }: TestWindow): string {
  return join(dataDir, 'data', 'User', 'globalStorage', 'o1mini.o1-mini-chat', 'chatSessions');
}

/** Waits until the file of a chat contains this answer to a question, because files are written with a delay. */
export async function untilSaved(workbench: TestWindow, question: string, expected: string): Promise<void> {
  for (let attempts = 0; attempts < 1200 && savedText(workbench, question) !== expected; attempts++)
    await wait(50);
  assert.equal(savedText(workbench, question), expected);
}

/** The answer to a question in the chat files. */
function savedText(workbench: TestWindow, question: string): string | undefined {
  const folder = chatFolder(workbench);
  const files = readdirSync(folder).filter((file) => /^[0-9a-f-]{36}\.json$/.test(file));
  for (const file of files) {
    const { conversation } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as SavedChat;
    const turn = conversation.turns.find(({ question: { text } }) => text === question);
    if (turn) return turn.answers.at(-1)?.choices[0]?.text;
  }
  return undefined;
}
