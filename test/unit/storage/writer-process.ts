import { createChatStore } from '../../../src/host/storage/chat-store';
import { createDiskFolder } from '../../../src/platform/node/file-folder';
import { systemClock } from '../../../src/host/clock';
import type { Conversation } from '../../../src/core/chat/conversation';
import { collectingLog, turn } from './store-builders';

/**
 * A window without VS Code: asks again and again in one chat, and prints the name of each turn that is saved.
 *
 * Arguments: folder, id of the chat, prefix of the turns, how many.
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
    const asked = turn(`${prefix}-${number}`, Date.now());
    shown = { ...shown, turns: [...shown.turns, asked] };
    store.save(shown);
    await store.flush();
    if (store.unsaved.failure !== undefined) throw new Error('not saved');
    process.stdout.write(`${asked.id}\n`);
  }
  process.exit(0);
}

void main().catch((error: unknown) => {
  process.stdout.write(`failed ${String(error)}\n`);
  process.exit(1);
});
