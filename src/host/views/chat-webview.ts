import type * as vscode from 'vscode';
import type { Conversation } from '../../core/chat/conversation';
import type { Clock } from '../../core/clock';
import type { ChatPlaceholders } from '../../core/privacy/placeholders';
import { checkFromWebview } from '../../protocol/checks';
import type { ToWebviewMessage } from '../../protocol/messages';
import { createBroadcast } from './webview-sync';
import type { Edits } from '../chat/question-edits';
import type { Place } from './webview-host';
import type { Circumstances } from './view-model';
import type { PageRequest } from '../chat/request';

/** A page of the chat: the projection of the conversation that is shown, and of the draft. */
export interface Page {
  readonly place: Place;
  /** Whether it has said that it is ready, and was not dropped since. */
  readonly there: boolean;
  /** Says something to it; nothing where it is not there. */
  readonly post: (message: ToWebviewMessage) => void;
  conversationChanged(): void;
  draftChanged(): void;
}

/** What is written and not sent. */
interface DraftState {
  readonly text: string;
  readonly withSelection: boolean;
}

export interface PageServices {
  readonly conversation: () => Conversation;
  readonly draft: () => DraftState;
  readonly edits: Edits;
  readonly clock: Clock;
  readonly usual: Circumstances['usual'];
  readonly placeholders: ChatPlaceholders;
  /** The page is in this browser tab. */
  readonly setTab: (tab: string) => void;
  readonly log: vscode.LogOutputChannel;
}

export interface PageEvents {
  /** It is there, has the conversation and the draft, and knows nothing else. */
  onReady(page: Page): void;
  /** It is hidden, or closed for good. */
  onGone(page: Page): void;
  onRequest(page: Page, request: PageRequest): void;
}

export function createPage(place: Place, services: PageServices, events: PageEvents): Page {
  const { conversation, draft, edits, clock, usual, placeholders, setTab, log } = services;
  const { webview } = place;
  let there = false;
  /** What its box has, as far as it has said or was told, and the number of the last that it said. */
  let box: DraftState = { text: '', withSelection: false };
  let edit = 0;

  const post = (message: ToWebviewMessage): void => {
    if (there) void webview.postMessage(message);
  };
  const broadcast = createBroadcast(conversation, clock, usual, post, placeholders);

  function greet(): void {
    there = true;
    edit = 0;
    postDraft();
    // Before the turns that they are in.
    post({ type: 'edits', edits: edits.all });
    broadcast.snapshot();
    events.onReady(page);
  }

  function postDraft(): void {
    box = draft();
    post({ type: 'draft', ...box, edit });
  }

  function receive(message: unknown): void {
    const request = checkFromWebview(message);
    if (!request) return log.warn('Dropped a message of the panel that is none of ours.');
    if (request.type === 'ready') {
      if (request.tab !== undefined) setTab(request.tab);
      return greet();
    }
    if (request.type === 'draft') {
      const { text, withSelection } = request;
      [box, edit] = [{ text, withSelection }, request.edit];
    }
    events.onRequest(page, request);
  }

  function gone(): void {
    there = false;
    broadcast.silence();
    events.onGone(page);
  }

  const page: Page = {
    place,
    get there() {
      return there;
    },
    post,
    conversationChanged: () => broadcast.changed(),
    draftChanged() {
      const { text, withSelection } = draft();
      if (text !== box.text || withSelection !== box.withSelection) postDraft();
    },
  };
  webview.onDidReceiveMessage(receive);
  place.onDidChange(() => {
    if (!place.visible) gone();
    // Hidden for a moment only, it may not have been dropped, and would never say again that it is there.
    else if (!there) void webview.postMessage({ type: 'shown' } satisfies ToWebviewMessage);
  });
  place.onDidDispose(gone);
  return page;
}
