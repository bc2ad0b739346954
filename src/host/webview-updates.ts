import * as vscode from 'vscode';
import type { ChatServices, ServicesOptions } from './chat-services';
import type { SessionPersistence } from './chat/session-persistence';
import type { DisposableStore } from './disposables';
import { logTo } from './error-reporting';
import type { ChatWebviews } from './views/chat-webviews';
import type { InitialState } from './views/initial-state';
import type { UnseenAnswers } from './views/unseen-answers';

/** Updates what the webviews show when the environment changes: the draft, the editor, the key or the settings. */
export function keepWebviewsCurrent(
  options: ServicesOptions,
  persistence: SessionPersistence,
  { draft, attachments, queue, draftEstimate, keys }: ChatServices,
  initialState: InitialState,
  { webviews, unseen }: { readonly webviews: ChatWebviews; readonly unseen: UnseenAnswers },
  store: DisposableStore,
): void {
  const { editor } = options;
  const { sessions, storage } = persistence;
  sessions.onChange((session, event) => {
    // Events of an answer other than its end do not change the next request.
    if (session === sessions.shown && (!event || event.type === 'ended')) draftEstimate.update();
  });
  sessions.onShow(() => draftEstimate.update());
  persistence.onDidReplaceDraft(() => {
    draft.reopen();
    webviews.draftReplaced();
    attachments.draftReplaced();
    queue.post();
    draftEstimate.update();
  });
  const showUnsaved = async (): Promise<void> => {
    if (storage.chats.unsaved.failure === undefined && storage.drafts.failure === undefined) {
      initialState.setUnsaved(undefined);
      return;
    }
    const { describeUnsaved } = await import('./views/unsaved-notice');
    initialState.setUnsaved(describeUnsaved(storage));
  };
  const updateUnsaved = (): void => void showUnsaved().catch(logTo(options.log, 'Showing what is not saved'));
  persistence.onDidChangeUnsaved(updateUnsaved);
  updateUnsaved();
  store.add(
    editor.onDidChange(() => {
      initialState.selectionChanged();
      attachments.editorChanged();
      if (draft.state.withSelection) draftEstimate.update();
    }),
  );
  store.add(
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused && webviews.isAnyVisible) unseen.clear();
    }),
  );
  store.add(
    keys.onDidChange(() => {
      initialState.setNotice(undefined);
      // With another key, the service may list prices.
      draftEstimate.update();
    }),
  );
  store.add(
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('o1mini')) draftEstimate.update();
    }),
  );
}
