import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { LogOutputChannel } from 'vscode';
import { createSessions } from '../../src/core/chat/sessions';
import { createWebviewSync } from '../../src/host/views/webview-sync';
import { systemClock } from '../../src/host/clock';
import { createChatStore } from '../../src/host/storage/chats/chat-store';
import { createDiskFolder } from '../../src/platform/node/file-folder';
import { nodeTransport } from '../../src/platform/node/transport';
import { clientServicesOver, prepared, requestTo } from '../support/wire';
import { printFigures } from './print-figures';
import type { HostFigures } from './ten-streams';
import { webviewSyncServices } from '../host/webview-sync-services';

const seconds = 5;
const [, , origin = '', streams = ''] = process.argv;

async function run(): Promise<HostFigures> {
  const store = createChatStore({
    folder: createDiskFolder(mkdtempSync(join(tmpdir(), 'o1mini-bench-'))),
    clock: systemClock,
    log: {} as LogOutputChannel,
    workspace: undefined,
    isOpen: () => true,
    events: { adopt: () => undefined, damaged: () => undefined, unsavedChanged: () => undefined },
  });
  const sessions = createSessions({
    ...clientServicesOver(nodeTransport, systemClock),
    newId: () => crypto.randomUUID(),
  });
  const messages = new Map<string, number>();
  let deltas = 0;
  const syncs = new Map<string, ReturnType<typeof createWebviewSync>>();

  sessions.onChange(({ conversation }, event) => {
    store.save(conversation);
    syncs.get(conversation.id)?.conversationChanged();
    // Deltas that arrived together are one event.
    if (event?.type === 'text') deltas += event.text.split(' ').length - 1;
  });
  for (let stream = 0; stream < Number(streams); stream++) {
    const session = sessions.shown;
    const { id } = session.conversation;
    const sync = createWebviewSync(
      webviewSyncServices(() => session.conversation, systemClock),
      (message) => {
        // VS Code serializes each message for the window.
        if (JSON.stringify(message) !== '') messages.set(id, 1 + (messages.get(id) ?? 0));
      },
    );
    syncs.set(id, sync);
    sync.postSnapshot();
    void session.ask({ text: 'Count' }, prepared(requestTo(origin)));
    sessions.show();
  }

  // The rate does not include what happens only once, such as connecting and compiling code.
  await wait(2000);
  const [before, start] = [process.cpuUsage(), performance.now()];
  deltas = 0;
  messages.clear();
  await wait(seconds * 1000);
  const { user, system } = process.cpuUsage(before);
  return {
    seconds: (performance.now() - start) / 1000,
    cpuSeconds: (user + system) / 1_000_000,
    deltas,
    messages: Math.max(...messages.values()),
  };
}

printFigures(run());
