import { setQuotable } from './context-keys';
import type { ChatWebview } from './chat-webview';

/** Quotes the text that is selected in a webview, and enables the command for that. */
export interface Quoting {
  /** Remembers whether text of an answer is selected in this webview. */
  setQuotable(webview: ChatWebview, quotable: boolean): void;
  /** Quotes the latest selection. */
  quote(): void;
}

export function createQuoting(): Quoting {
  /** The webviews with a selection, the latest last. */
  const selected = new Set<ChatWebview>();
  return {
    setQuotable(webview, quotable) {
      selected.delete(webview);
      if (quotable) selected.add(webview);
      setQuotable(selected.size > 0);
    },
    quote: () => [...selected].at(-1)?.post({ type: 'quote' }),
  };
}
