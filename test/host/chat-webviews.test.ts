import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Transport } from '../../src/core/api';
import { createSessions, type Sessions } from '../../src/core/chat/sessions';
import { systemClock } from '../../src/host/clock';
import { createInitialState, type InitialState } from '../../src/host/views/initial-state';
import { createQuestionEdits } from '../../src/host/chat/question-edits';
import { createChatPlaceholders } from '../../src/core/privacy/secret-placeholders';
import { createChatWebviews, type ChatWebviews } from '../../src/host/views/chat-webviews';
import type { WebviewHost } from '../../src/host/views/chat-webview';
import type { WebviewMessage } from '../../src/host/views/message-handler';
import type { Draft } from '../../src/host/storage/drafts/draft';
import type { ToWebviewMessage } from '../../src/protocol/messages';
import { clientServicesOver, prepared, requestTo } from '../support/wire';
import { recordingLog } from './recording-log';
import { inMemoryDraft } from './builders';
import { extensionUri } from './installed-extension';
import { createTestWebviewHost, type TestWebviewHost } from './test-webview-host';
import { errorDescriptions } from './webview-sync-services';

describe('The webviews of a chat', () => {
  let sessions: Sessions;
  let webviews: ChatWebviews;
  let initialState: InitialState;
  let draft: Draft;
  let handled: WebviewMessage[];

  beforeEach(() => {
    const pendingTransport: Transport = () => ({
      sent: Promise.resolve(),
      response: new Promise(() => undefined),
    });
    sessions = createSessions({ ...clientServicesOver(pendingTransport), newId: () => crypto.randomUUID() });
    draft = inMemoryDraft();
    handled = [];
    initialState = createInitialState({ current: undefined }, (message) => webviews.postAll(message));
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
      log: recordingLog().log,
      handleMessage(request: WebviewMessage, reply: (message: ToWebviewMessage) => void): void {
        handled.push(request);
        if (request.type === 'send')
          reply({ type: 'response', requestId: request.requestId, result: 'rejected' });
        if (request.type !== 'draft') return;
        draft.update({ text: request.text });
        webviews.draftChanged();
      },
    };
    webviews = createChatWebviews(services);
  });

  function open(kind: WebviewHost['kind']): TestWebviewHost {
    const host = createTestWebviewHost(kind);
    webviews.open(host);
    host.send({ type: 'ready' });
    return host;
  }

  const typeDraft = (host: TestWebviewHost, text: string, revision: number): void =>
    host.send({ type: 'draft', text, withSelection: false, revision });

  const askInvalidAddress = (): Promise<void> =>
    sessions.shown.ask({ text: 'Why?' }, { kind: 'fail', error: { kind: 'bad-address', problem: 'no-url' } });

  describe('S9 receive invalid messages', () => {
    it('and drop them before they have any effect', () => {
      const webview = open('view');
      const { state } = draft;
      const before = webview.received.length;
      const hostile = fc.sample(fc.anything({ withNullPrototype: true, withBigInt: true }), 1000);
      const known = ['send', 'stop', 'insert', 'copy', 'openLink', 'draft', 'ready', 'exportChat', 'retry'];
      const damaged = known.flatMap((type) => [
        { type: [type] },
        [{ type }],
        JSON.stringify({ type }),
        { type: `${type} ` },
        { type: type.toUpperCase() },
        { type: 'runCommand', command: type },
        { type: 'send', requestId: { type } },
      ]);
      for (const message of [...hostile, ...damaged]) webview.send(message as never);
      assert.deepEqual(handled, []);
      assert.equal(webview.received.length, before);
      assert.deepEqual(draft.state, state);
    });
  });

  it('each have the whole conversation, with message numbers of their own', async () => {
    const view = open('view');
    await askInvalidAddress();
    view.send({ type: 'ready' });
    const tab = open('editor');
    const numbers = view.received.flatMap((message) => ('seq' in message ? [message.seq] : []));
    assert.deepEqual(
      numbers,
      numbers.map((_, index) => index + 1),
    );
    assert.equal(tab.last('snapshot')?.seq, 1);
    assert.equal(tab.last('snapshot')?.turns.length, 1);
    assert.deepEqual(tab.last('snapshot')?.turns, view.last('snapshot')?.turns);
  });

  it('receive what is typed in another webview, but not what was typed in themselves', () => {
    const [view, tab] = [open('view'), open('editor')];
    const before = view.received.length;
    typeDraft(view, 'Why', 1);
    assert.deepEqual(tab.last('draft'), { type: 'draft', text: 'Why', withSelection: false, revision: 0 });
    typeDraft(tab, 'Why?', 1);
    assert.deepEqual(view.received.slice(before), [
      { type: 'draft', text: 'Why?', withSelection: false, revision: 1 },
    ]);
  });

  it('receive the draft when they start', () => {
    const view = open('view');
    typeDraft(view, 'Why?', 1);
    const tab = open('editor');
    assert.deepEqual(tab.last('draft'), { type: 'draft', text: 'Why?', withSelection: false, revision: 0 });
    assert.equal(view.received.filter(({ type }) => type === 'draft').length, 1);
  });

  it('are updated when a question leaves the box', () => {
    const [view, tab] = [open('view'), open('editor')];
    typeDraft(view, 'Why?', 1);
    draft.update({ text: '' });
    webviews.draftChanged();
    assert.deepEqual([view.last('draft')?.text, tab.last('draft')?.text], ['', '']);
  });

  it('receive only the responses to their own requests', () => {
    const [view, tab] = [open('view'), open('editor')];
    tab.send({ type: 'send', requestId: 7, text: 'Why?', withSelection: false });
    assert.deepEqual(tab.received.at(-1), { type: 'response', requestId: 7, result: 'rejected' });
    assert.ok(view.received.every(({ type }) => type !== 'response'));
  });

  it('all receive what concerns all of them', () => {
    const [view, tab] = [open('view'), open('editor')];
    const notice = { title: 'No API key', explanation: '', buttons: [] };
    initialState.setNotice(notice);
    for (const webview of [view, tab, open('editor')])
      assert.deepEqual(webview.last('notice'), { type: 'notice', notice });
  });

  it('receive nothing and do not count as visible while they are hidden', () => {
    const view = open('view');
    assert.equal(webviews.isAnyVisible, true);
    view.hide();
    assert.equal(webviews.isAnyVisible, false);
    const before = view.received.length;
    initialState.selectionChanged();
    assert.equal(view.received.length, before);
  });

  it('receive what has changed when they are shown again', () => {
    const asking = prepared(requestTo('http://127.0.0.1'));
    const [view, tab] = [open('view'), open('editor')];
    view.hide();
    const before = view.received.length;
    const notice = { title: 'No API key', explanation: '', buttons: [] };
    initialState.setNotice(notice);
    typeDraft(tab, 'Why?', 1);
    void sessions.shown.ask({ text: 'One?' }, asking);
    assert.equal(view.received.length, before);
    view.show();
    assert.equal(webviews.isAnyVisible, true);
    const received = view.received.slice(before);
    assert.deepEqual(received[0], { type: 'shown' });
    assert.ok(received.every(({ type }) => type !== 'snapshot'));
    assert.equal(received.find(({ type }) => type === 'changes')?.type, 'changes');
    assert.deepEqual(view.last('notice'), { type: 'notice', notice });
    assert.equal(view.last('draft')?.text, 'Why?');
    view.show();
    assert.equal(view.received.length, before + received.length, 'it was visible already');
  });

  it('receive the responses to their requests also while they are hidden', () => {
    const view = open('view');
    view.send({ type: 'send', requestId: 7, text: 'Why?', withSelection: false });
    view.hide();
    view.send({ type: 'send', requestId: 8, text: 'Why?', withSelection: false });
    assert.deepEqual(view.last('response'), { type: 'response', requestId: 8, result: 'rejected' });
  });

  it('show another chat when it is opened', () => {
    const asking = prepared(requestTo('http://127.0.0.1'));
    void sessions.shown.ask({ text: 'One?' }, asking);
    const view = open('view');
    assert.equal(view.last('snapshot')?.turns.length, 1);
    const first = sessions.shown.conversation;
    sessions.show();
    view.send({ type: 'ready' });
    assert.deepEqual(view.last('snapshot')?.turns, []);
    sessions.show(first);
    view.send({ type: 'ready' });
    assert.equal(view.last('snapshot')?.turns[0]?.answer.status.kind, 'running');
  });

  const lastUsedHost = (): WebviewHost | undefined => webviews.lastUsed?.host;

  it('include the visible one that was used last', () => {
    const [view, tab] = [open('view'), open('editor')];
    assert.equal(lastUsedHost(), tab);
    typeDraft(view, 'Why?', 1);
    assert.equal(lastUsedHost(), view);
    view.hide();
    assert.equal(lastUsedHost(), tab);
    tab.dispose();
    assert.equal(lastUsedHost(), undefined);
  });

  it('are quoted from if they have a selection, the latest one if there are two', () => {
    const [view, tab] = [open('view'), open('editor')];
    const quote = (): readonly boolean[] => {
      webviews.quoting.quote();
      return [view, tab].map(({ received }) => received.at(-1)?.type === 'quote');
    };
    const setQuotable = (host: TestWebviewHost, quotable: boolean): void =>
      host.send({ type: 'quotable', quotable });
    assert.deepEqual(quote(), [false, false]);
    setQuotable(view, true);
    typeDraft(tab, 'Why?', 1);
    assert.deepEqual(quote(), [true, false]);
    view.send({ type: 'ready' });
    assert.deepEqual(quote(), [false, false], 'a reloaded webview has no selection');
    setQuotable(view, true);
    setQuotable(tab, true);
    assert.deepEqual(quote(), [false, true]);
    tab.dispose();
    const before = tab.received.length;
    webviews.quoting.quote();
    assert.deepEqual([view.received.at(-1)?.type, tab.received.length], ['quote', before]);
    setQuotable(view, false);
    assert.deepEqual(
      handled.map(({ type }) => type),
      ['draft'],
    );
  });

  it('can be awaited until they are ready', async () => {
    const waiting = webviews.whenReady('editor');
    open('view');
    const tab = open('editor');
    assert.equal((await waiting).webview.host, tab);
    const ready = await webviews.whenReady('editor');
    assert.deepEqual([ready.webview.host, ready.wasHidden], [tab, false]);
  });

  it('tell who has waited for them that they were hidden before they were ready', async () => {
    const view = createTestWebviewHost('view');
    webviews.open(view);
    const waiting = webviews.whenReady('view');
    view.hide();
    view.send({ type: 'ready' });
    view.show();
    assert.equal((await waiting).wasHidden, true);
    assert.equal((await webviews.whenReady('view')).wasHidden, false);
  });

  it('ignore messages that do not match the protocol', () => {
    const view = open('view');
    view.send({ type: 'draft', text: 7 } as never);
    view.send('ready' as never);
    assert.deepEqual(handled, []);
  });
});
