import type { HistoryUpdate } from '../../protocol/history';
import type { HistoryView } from './history-view';
import { post } from '../host';

/** The list of chats, loaded when it is first opened. */
export interface HistoryLoader {
  /** Shows the list in the place of everything else. */
  open(): void;
  /** Shows the conversation again. */
  close(): void;
  receive(update: HistoryUpdate): void;
}

/** @param focusChat puts the focus where it belongs when the list has gone */
export function createHistoryLoader(focusChat: () => void): HistoryLoader {
  let loading: Promise<HistoryView> | undefined;
  let view: HistoryView | undefined;
  let isOpen = false;

  async function load(): Promise<HistoryView> {
    const { createHistoryView } = await import('./history-view');
    view = createHistoryView(close);
    document.body.append(view.element);
    return view;
  }

  function open(): void {
    // Asked for at once: it is on its way while the view is loaded.
    post({ type: 'history', request: { kind: 'list' } });
    isOpen = true;
    loading ??= load();
    loading
      .then((loaded) => {
        if (!isOpen) return;
        document.body.dataset['page'] = 'history';
        loaded.opened();
      })
      .catch((error: unknown) => {
        // The next click tries again.
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
    receive(update) {
      if (update.kind === 'show') open();
      else if (update.kind === 'opened') close();
      else loading?.then((loaded) => loaded.receive(update)).catch(reportError);
    },
  };
}
