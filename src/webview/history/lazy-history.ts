import type { HistoryUpdate } from '../../protocol/history';
import type { HistoryView } from './history-view';
import { post } from '../host';

/** Opens and closes the list of chats, whose code is loaded on first use. */
export interface LazyHistory {
  /** Shows the list instead of the conversation. */
  open(): void;
  /** Shows the conversation again. */
  close(): void;
  /** Requests the list again if it is open. */
  refresh(): void;
  receive(update: HistoryUpdate): void;
}

/** @param focusChat called when the list was closed */
export function createLazyHistory(focusChat: () => void): LazyHistory {
  let loading: Promise<HistoryView> | undefined;
  let view: HistoryView | undefined;
  let isOpen = false;

  async function load(): Promise<HistoryView> {
    const { createHistoryView } = await import('./history-view');
    view = createHistoryView(close);
    document.body.append(view.element);
    return view;
  }

  const requestList = (): void => post({ type: 'history', request: { kind: 'list' } });

  function open(): void {
    // Requested now, so that the list arrives while the view is loaded.
    requestList();
    isOpen = true;
    loading ??= load();
    loading
      .then((loaded) => {
        if (!isOpen) return;
        document.body.dataset['page'] = 'history';
        loaded.opened();
      })
      .catch((error: unknown) => {
        // The next call tries again.
        loading = undefined;
        reportError(error);
      });
  }

  function close(): void {
    if (!isOpen) return;
    isOpen = false;
    delete document.body.dataset['page'];
    view?.closed();
    focusChat();
  }

  return {
    open,
    close,
    refresh() {
      if (isOpen) requestList();
    },
    receive(update) {
      if (update.kind === 'show') open();
      else if (update.kind === 'opened') close();
      else loading?.then((loaded) => loaded.receive(update)).catch(reportError);
    },
  };
}
