import { setQuotable } from './context-keys';
import type { Page } from './chat-webview';

/** Quotes what is selected in a page, and has VS Code offer that where something is. */
export interface Quoting {
  /** Something of an answer is selected in this page, or nothing any more. */
  select(page: Page, quotable: boolean): void;
  /** Quotes the latest of what is selected. */
  quote(): void;
}

export function createQuoting(): Quoting {
  /** Where something is selected, the latest last. */
  const selected = new Set<Page>();
  return {
    select(page, quotable) {
      selected.delete(page);
      if (quotable) selected.add(page);
      setQuotable(selected.size > 0);
    },
    quote: () => [...selected].at(-1)?.post({ type: 'quote' }),
  };
}
