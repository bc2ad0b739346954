import { createChatStore } from '../../../src/host/storage/chats/chat-store';
import { createDiskFolder } from '../../../src/platform/node/file-folder';
import { systemClock } from '../../../src/host/clock';
import type { Conversation } from '../../../src/core/chat/conversation';
import { collectingLog, turn } from './builders';

/**
 * Acts as a window without VS Code: adds questions to one chat, and prints the ID of each turn that was saved.
 *
 * Arguments: folder, ID of the chat, prefix of the IDs of the turns, number of turns.
 */
async function main(): Promise<void> {
  const [path = '', id = '', prefix = '', count = '0'] = process.argv.slice(2);
  let shown: Conversation | undefined;
  const store = createChatStore({
    folder: createDiskFolder(path),
    clock: systemClock,
    log: collectingLog().log,
    workspace: undefined,
    isOpen: () => true,
    events: {
      adopt(merged, ours) {
        if (shown !== ours) return undefined;
        shown = merged.conversation;
        return shown;
      },
      damaged: (files) => files.forEach(({ reason }) => process.stdout.write(`damaged ${reason}\n`)),
      unsavedChanged: () => undefined,
    },
  });
  shown = (await store.read(id))?.conversation ?? { id, turns: [] };
  for (let number = 0; number < Number(count); number++) {
    const added = turn(`${prefix}-${number}`, Date.now());
    shown = { ...shown, turns: [...shown.turns, added] };
    store.save(shown);
    await store.flush();
    if (store.unsaved.failure !== undefined) throw new Error('not saved');
    process.stdout.write(`${added.id}\n`);
  }
  process.exit(0);
}

void main().catch((error: unknown) => {
  process.stdout.write(`failed ${String(error)}\n`);
  process.exit(1);
});
