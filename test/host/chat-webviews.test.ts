import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as vscode from 'vscode';
import type { Transport } from '../../src/core/api';
import { createSessions, type Sessions } from '../../src/core/chat/sessions';
import { systemClock } from '../../src/host/clock';
import { createInitialState, type InitialState } from '../../src/host/views/initial-state';
import { createQuestionEdits } from '../../src/host/chat/question-edits';
import { createChatPlaceholders } from '../../src/core/privacy/secret-placeholders';
import { createChatWebviews, type ChatWebviews } from '../../src/host/views/chat-webviews';
import type { WebviewHost } from '../../src/host/views/chat-webview';
import type { WebviewMessage } from '../../src/host/views/message-handler';
import type { Draft } from '../../src/host/storage/drafts/draft-store';
import type { FromWebviewMessage, ToWebviewMessage } from '../../src/protocol/messages';
import { portsOver, prepared, requestTo } from '../support/wire';
import { listeningLog } from './listening-log';
import { unkeptDraft } from './builders';
import { extensionUri } from './packaged';
import { errorDescriptions } from './webview-sync-services';

type Told<Type extends ToWebviewMessage['type']> = Extract<ToWebviewMessage, { readonly type: Type }>;

/** A place whose page the test speaks for. */
interface TestWebviewHost extends WebviewHost {
  readonly heard: readonly ToWebviewMessage[];
  readonly says: (message: FromWebviewMessage) => void;
  show(): void;
  hide(): void;
  dispose(): void;
  last<Type extends ToWebviewMessage['type']>(type: Type): Told<Type> | undefined;
}

function testWebviewHost(kind: WebviewHost['kind']): TestWebviewHost {
  const received = new vscode.EventEmitter<unknown>();
  const changed = new vscode.EventEmitter<unknown>();
  const disposed = new vscode.EventEmitter<unknown>();
  const heard: ToWebviewMessage[] = [];
  let visible = true;
  const webview = {
    cspSource: 'https://page.test',
    asWebviewUri: (uri: vscode.Uri) => uri,
    onDidReceiveMessage: received.event,
    postMessage: (message: ToWebviewMessage) => Promise.resolve(heard.push(message) > 0),
  };
  return {
    kind,
    webview: webview as unknown as vscode.Webview,
    get visible() {
      return visible;
    },
    onDidChangeVisibility: changed.event,
    onDidDispose: disposed.event,
    reveal: () => undefined,
    heard,
    says(message) {
      received.fire(message);
    },
    show() {
      visible = true;
      changed.fire(undefined);
    },
    hide() {
      visible = false;
      changed.fire(undefined);
    },
    dispose: () => disposed.fire(undefined),
    last: (type) => heard.findLast((message): message is Told<typeof type> => message.type === type),
  };
}

describe('The pages of a chat', () => {
  let sessions: Sessions;
  let pages: ChatWebviews;
  let initialState: InitialState;
  let draft: Draft;
  let asked: WebviewMessage[];

  beforeEach(() => {
    const never: Transport = () => ({ sent: Promise.resolve(), response: new Promise(() => undefined) });
    sessions = createSessions({ ...portsOver(never), newId: () => crypto.randomUUID() });
    draft = unkeptDraft();
    asked = [];
    initialState = createInitialState({ current: undefined }, (message) => pages.postAll(message));
    const services = {
      extensionUri: extensionUri(),
      sessions,
      initialState,
      draft: () => ({ text: draft.state.text, withSelection: false }),
      edits: createQuestionEdits(draft),
      placeholders: createChatPlaceholders(),
      clock: systemClock,
      typicalThinkingTime: () => undefined,
      errors: errorDescriptions,
      setTab: () => undefined,
      onReady: () => undefined,
      log: listeningLog().log,
      handleMessage(request: WebviewMessage, reply: (message: ToWebviewMessage) => void): void {
        asked.push(request);
        if (request.type === 'send')
          reply({ type: 'response', requestId: request.requestId, result: 'rejected' });
        if (request.type !== 'draft') return;
        draft.update({ text: request.text });
        pages.draftChanged();
      },
    };
    pages = createChatWebviews(services);
  });

  function open(kind: WebviewHost['kind']): TestWebviewHost {
    const place = testWebviewHost(kind);
    pages.open(place);
    place.says({ type: 'ready' });
    return place;
  }

  const write = (place: TestWebviewHost, text: string, revision: number): void =>
    place.says({ type: 'draft', text, withSelection: false, revision });

  const askNothing = (): Promise<void> =>
    sessions.shown.ask({ text: 'Why?' }, { kind: 'fail', error: { kind: 'bad-address', problem: 'no-url' } });

  describe('S9 receive what the webview should never send', () => {
    it('and drop it before anything is done with it', () => {
      const page = open('view');
      const { state } = draft;
      const before = page.heard.length;
      const hostile = fc.sample(fc.anything({ withNullPrototype: true, withBigInt: true }), 1000);
      const known = ['send', 'stop', 'insert', 'copy', 'openLink', 'draft', 'ready', 'exportChat', 'retry'];
      const damaged = known.flatMap((type) => [
        ...[{ type: [type] }, [{ type }], JSON.stringify({ type })],
        ...[{ type: `${type} ` }, { type: type.toUpperCase() }, { type: 'runCommand', command: type }],
        { type: 'send', requestId: { type } },
      ]);
      for (const message of [...hostile, ...damaged]) page.says(message as never);
      assert.deepEqual(asked, []);
      assert.equal(page.heard.length, before);
      assert.deepEqual(draft.state, state);
    });
  });

  it('have each the whole conversation, numbered on its own', async () => {
    const view = open('view');
    await askNothing();
    view.says({ type: 'ready' });
    const tab = open('editor');
    const numbers = view.heard.flatMap((message) => ('seq' in message ? [message.seq] : []));
    assert.deepEqual(
      numbers,
      numbers.map((_, index) => index + 1),
    );
    assert.equal(tab.last('snapshot')?.seq, 1);
    assert.equal(tab.last('snapshot')?.turns.length, 1);
    assert.deepEqual(tab.last('snapshot')?.turns, view.last('snapshot')?.turns);
  });

  it('are told what is written in another, and not what they have written themselves', () => {
    const [view, tab] = [open('view'), open('editor')];
    const before = view.heard.length;
    write(view, 'Why', 1);
    assert.deepEqual(tab.last('draft'), { type: 'draft', text: 'Why', withSelection: false, revision: 0 });
    write(tab, 'Why?', 1);
    assert.deepEqual(view.heard.slice(before), [
      { type: 'draft', text: 'Why?', withSelection: false, revision: 1 },
    ]);
  });

  it('are told at their start what is written', () => {
    const view = open('view');
    write(view, 'Why?', 1);
    const tab = open('editor');
    assert.deepEqual(tab.last('draft'), { type: 'draft', text: 'Why?', withSelection: false, revision: 0 });
    assert.equal(view.heard.filter(({ type }) => type === 'draft').length, 1);
  });

  it('are told when a question has left the box', () => {
    const [view, tab] = [open('view'), open('editor')];
    write(view, 'Why?', 1);
    draft.update({ text: '' });
    pages.draftChanged();
    assert.deepEqual([view.last('draft')?.text, tab.last('draft')?.text], ['', '']);
  });

  it('get the replies to what they asked, alone', () => {
    const [view, tab] = [open('view'), open('editor')];
    tab.says({ type: 'send', requestId: 7, text: 'Why?', withSelection: false });
    assert.deepEqual(tab.heard.at(-1), { type: 'response', requestId: 7, result: 'rejected' });
    assert.ok(view.heard.every(({ type }) => type !== 'response'));
  });

  it('are told all of what concerns all', () => {
    const [view, tab] = [open('view'), open('editor')];
    const notice = { title: 'No API key', explanation: '', buttons: [] };
    initialState.setNotice(notice);
    for (const page of [view, tab, open('editor')])
      assert.deepEqual(page.last('notice'), { type: 'notice', notice });
  });

  it('are told nothing while they are hidden, and seen by nobody', () => {
    const view = open('view');
    assert.equal(pages.isAnyVisible, true);
    view.hide();
    assert.equal(pages.isAnyVisible, false);
    const before = view.heard.length;
    initialState.selectionChanged();
    assert.equal(view.heard.length, before);
  });

  it('are asked whether they are still there when they are shown again', () => {
    const view = open('view');
    view.hide();
    view.show();
    assert.deepEqual(view.heard.at(-1), { type: 'shown' });
    view.says({ type: 'ready' });
    assert.equal(pages.isAnyVisible, true);
  });

  it('show another chat when that is shown', () => {
    const asking = prepared(requestTo('http://127.0.0.1'));
    void sessions.shown.ask({ text: 'One?' }, asking);
    const view = open('view');
    assert.equal(view.last('snapshot')?.turns.length, 1);
    const first = sessions.shown.conversation;
    sessions.show();
    view.says({ type: 'ready' });
    assert.deepEqual(view.last('snapshot')?.turns, []);
    sessions.show(first);
    view.says({ type: 'ready' });
    assert.equal(view.last('snapshot')?.turns[0]?.answer.status.kind, 'running');
  });

  const used = (): WebviewHost | undefined => pages.lastUsed?.host;

  it('come to the front in the order of their use, where they can be seen', () => {
    const [view, tab] = [open('view'), open('editor')];
    assert.equal(used(), tab);
    write(view, 'Why?', 1);
    assert.equal(used(), view);
    view.hide();
    assert.equal(used(), tab);
    tab.dispose();
    assert.equal(used(), undefined);
  });

  it('are quoted from where something is selected, and in both, from the one where it was last', () => {
    const [view, tab] = [open('view'), open('editor')];
    const quotedIn = (): readonly boolean[] => {
      pages.quoting.quote();
      return [view, tab].map(({ heard }) => heard.at(-1)?.type === 'quote');
    };
    const select = (place: TestWebviewHost, quotable: boolean): void =>
      place.says({ type: 'quotable', quotable });
    assert.deepEqual(quotedIn(), [false, false]);
    select(view, true);
    write(tab, 'Why?', 1);
    assert.deepEqual(quotedIn(), [true, false]);
    view.says({ type: 'ready' });
    assert.deepEqual(quotedIn(), [false, false], 'a page that was loaded anew has nothing selected');
    select(view, true);
    select(tab, true);
    assert.deepEqual(quotedIn(), [false, true]);
    tab.dispose();
    const before = tab.heard.length;
    pages.quoting.quote();
    assert.deepEqual([view.heard.at(-1)?.type, tab.heard.length], ['quote', before]);
    select(view, false);
    assert.deepEqual(
      asked.map(({ type }) => type),
      ['draft'],
    );
  });

  it('are waited for until they are there', async () => {
    const waited = pages.whenReady('editor');
    open('view');
    const tab = open('editor');
    assert.equal((await waited).host, tab);
    assert.equal((await pages.whenReady('editor')).host, tab);
  });

  it('do nothing that is none of our messages', () => {
    const view = open('view');
    view.says({ type: 'draft', text: 7 } as never);
    view.says('ready' as never);
    assert.deepEqual(asked, []);
  });
});
