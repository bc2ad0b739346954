import type * as vscode from 'vscode';
import type { Session } from '../../core/chat/session';
import { systemClock } from '../clock';
import { createBroadcast } from './broadcast';
import type { Composition } from './composition';
import { createGreeting, type Greeting, type GreetingServices } from './greeting';
import { createMeter, type Meter, type MeterServices } from './meter';
import { createChatPanel, type ChatPanel } from './panel';
import type { PanelRequest } from './receiver';
import type { Waits } from './waits';

/** The panel, and what keeps it in step with the conversation. */
export interface Page {
  readonly panel: ChatPanel;
  readonly greeting: Greeting;
  readonly meter: Meter;
}

export interface PageServices
  extends
    Pick<MeterServices, 'models' | 'keys' | 'counter' | 'spending'>,
    Pick<GreetingServices, 'draft' | 'editor'> {
  readonly context: vscode.ExtensionContext;
  readonly session: Session;
  readonly composition: Composition;
  readonly waits: Waits;
  readonly log: vscode.LogOutputChannel;
  readonly onMessage: (request: PanelRequest) => void;
}

export function createPage(services: PageServices): Page {
  const { context, session, waits, log, onMessage } = services;
  const panel = createChatPanel(context.extensionUri, log, {
    onMessage(message) {
      if (message.type === 'ready') greeting.greet();
      else onMessage(message);
    },
    onGone: () => broadcast.silence(),
  });
  const { post } = panel;
  const broadcast = createBroadcast(
    () => session.conversation,
    systemClock,
    (answer) => waits.usual(answer),
    post,
  );
  const meter = createMeter({
    ...services,
    clock: systemClock,
    post: (estimate) => post({ type: 'estimate', estimate }),
  });
  const greeting = createGreeting({ ...services, broadcast, meter, post });
  session.onChange((event) => {
    broadcast.changed();
    if (!event || event.type === 'ended') meter.changed();
  });
  return { panel, greeting, meter };
}
