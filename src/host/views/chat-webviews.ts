import type * as vscode from 'vscode';
import type { Sessions } from '../../core/chat/sessions';
import type { ChatPlaceholders } from '../../core/privacy/placeholders';
import type { EstimateView, ToWebviewMessage } from '../../protocol/messages';
import { systemClock } from '../clock';
import type { ActiveEditor } from '../editor/active-editor';
import type { Draft } from '../storage/draft-store';
import type { Composition } from '../chat/request-draft';
import type { Edits } from '../chat/question-edits';
import { createGreeting, type Greeting } from './initial-state';
import { webviewFolder, webviewHtml } from './webview-html';
import { createMeter, type Meter, type MeterServices } from '../chat/context-usage';
import { createPage, type Page, type PageEvents, type PageServices } from './chat-webview';
import type { Place } from './webview-host';
import { createQuoting, type Quoting } from './quoting';
import type { Receiver } from '../chat/request';
import type { ShelfDoor } from '../chat/shelf-door';
import type { Waits } from '../chat/thinking-time-stats';

/** Someone who needs the page of such a place. */
interface Waiting {
  readonly kind: Place['kind'];
  readonly resolve: (page: Page) => void;
}

/** All pages of the chat, kept in step: each is numbered on its own, and told what all are told. */
export interface Pages {
  readonly greeting: Greeting;
  readonly meter: Meter;
  readonly quoting: Pick<Quoting, 'quote'>;
  /** Says something to all that are there. */
  readonly postAll: (message: ToWebviewMessage) => void;
  /** Whether any of them is there to be seen. */
  readonly inSight: boolean;
  /** The one that was used last, of those that can be seen. */
  readonly used: Page | undefined;
  /** Loads the page of a place. */
  open(place: Place): void;
  /** Resolves with the page of such a place once it is there. */
  whenThere(kind: Place['kind']): Promise<Page>;
  draftChanged(): void;
  /** The draft is another one, with edits of its own. */
  draftOpened(): void;
}

export interface PagesServices extends Pick<MeterServices, 'models' | 'keys' | 'counter' | 'spending'> {
  readonly context: vscode.ExtensionContext;
  readonly sessions: Sessions;
  readonly composition: Composition;
  readonly draft: Draft;
  readonly edits: Edits;
  readonly shelf: ShelfDoor;
  readonly editor: ActiveEditor;
  readonly waits: Waits;
  readonly placeholders: ChatPlaceholders;
  readonly log: vscode.LogOutputChannel;
  readonly onRequest: Receiver;
  readonly setTab: PageServices['setTab'];
}

export function createPages(services: PagesServices): Pages {
  const { context, sessions, edits, shelf, editor, onRequest } = services;
  /** The one that was used last is the last. */
  const pages = new Set<Page>();
  const waiting = new Set<Waiting>();
  const quoting = createQuoting();

  const postAll = (message: ToWebviewMessage): void => pages.forEach(({ post }) => post(message));
  const greeting = createGreeting(editor, postAll);
  const post = (estimate: EstimateView): void => postAll({ type: 'estimate', estimate });
  const meter = createMeter({ ...services, clock: systemClock, post });
  const ofPage = pageServices(services);

  function use(page: Page): void {
    pages.delete(page);
    pages.add(page);
  }

  const events: PageEvents = {
    onReady(page) {
      quoting.select(page, false);
      greeting.greet(page.post);
      meter.changed();
      shelf.refresh();
      welcome(page, waiting);
    },
    onGone: (page) => quoting.select(page, false),
    onRequest(page, request) {
      use(page);
      if (request.type === 'quotable') quoting.select(page, request.quotable);
      else onRequest(request, page.post);
    },
  };

  followShown(sessions, () => pages.forEach((page) => page.conversationChanged()), meter);

  return {
    ...{ greeting, meter, quoting, postAll },
    get inSight() {
      return [...pages].some(({ there }) => there);
    },
    get used() {
      return [...pages].findLast(({ place }) => place.visible);
    },
    open(place) {
      const page = createPage(place, ofPage, events);
      use(page);
      place.onDidDispose(() => pages.delete(page));
      load(place.webview, context.extensionUri);
    },
    whenThere(kind) {
      const there = [...pages].find((page) => page.there && page.place.kind === kind);
      if (there) return Promise.resolve(there);
      return new Promise((resolve) => waiting.add({ kind, resolve }));
    },
    draftChanged: () => pages.forEach((page) => page.draftChanged()),
    draftOpened() {
      pages.forEach((page) => page.draftChanged());
      postAll({ type: 'edits', edits: edits.all });
    },
  };
}

function pageServices(services: PagesServices): PageServices {
  const { sessions, composition, draft, edits, waits, placeholders, setTab, log } = services;
  return {
    conversation: () => sessions.shown.conversation,
    draft: () => ({ text: draft.kept.text, withSelection: composition.attached }),
    clock: systemClock,
    usual: (answer) => waits.usual(answer),
    ...{ edits, placeholders, setTab, log },
  };
}

function load(webview: vscode.Webview, extensionUri: vscode.Uri): void {
  webview.options = { enableScripts: true, localResourceRoots: [webviewFolder(extensionUri)] };
  webview.html = webviewHtml(webview, extensionUri);
}

function followShown(sessions: Sessions, changed: () => void, meter: Meter): void {
  sessions.onChange((session, event) => {
    if (session !== sessions.shown) return;
    changed();
    if (!event || event.type === 'ended') meter.changed();
  });
  sessions.onShow(() => {
    changed();
    meter.changed();
  });
}

/** Tells those who have waited for such a page that it is there. */
function welcome(page: Page, waiting: Set<Waiting>): void {
  for (const entry of waiting) {
    if (entry.kind === page.place.kind && waiting.delete(entry)) entry.resolve(page);
  }
}
