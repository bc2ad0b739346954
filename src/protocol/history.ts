/** A chat in the list. */
export interface ChatView {
  readonly id: string;
  /** Empty where it has none. */
  readonly title: string;
  readonly pinned: boolean;
  /** Milliseconds since 1970; 0 where it is not known. */
  readonly date: number;
  /** Whether an answer of it is on its way. */
  readonly running: boolean;
  /** Whether it is the one in the panel. */
  readonly shown: boolean;
}

/** Words around what was found, in one line. */
export interface SnippetView {
  readonly before: string;
  readonly found: string;
  readonly after: string;
}

export interface HitView {
  readonly id: string;
  readonly snippet: SnippetView;
}

/** What the host tells of the chats that there are. */
export type HistoryNews =
  /** The user wants to see the list. */
  | { readonly kind: 'show' }
  /**
   * All chats, in no order. `reading`: there are more, which come in another message like this.
   * `unreadable`: how many files cannot be read.
   */
  | {
      readonly kind: 'list';
      readonly chats: readonly ChatView[];
      readonly reading: boolean;
      readonly unreadable: number;
    }
  /** One has changed, or is there again. */
  | { readonly kind: 'put'; readonly chat: ChatView }
  /** One is no longer there. */
  | { readonly kind: 'gone'; readonly chat: string }
  /** Told to the page that has deleted one, which can be restored. */
  | { readonly kind: 'deleted'; readonly chat: string; readonly title: string }
  /** More chats whose text has what was searched for. */
  | {
      readonly kind: 'found';
      readonly search: number;
      readonly hits: readonly HitView[];
      readonly done: boolean;
    }
  /** A chat is shown in the panel, and the list is in its way. */
  | { readonly kind: 'opened' };

/** What the panel asks for in the list of chats. */
export type HistoryRequest =
  | { readonly kind: 'list' | 'import' | 'showLog' }
  /** Looks into the texts, and stops looking for what was searched before; for nothing where `query` is empty. */
  | { readonly kind: 'search'; readonly search: number; readonly query: string }
  | {
      readonly kind: 'open' | 'openInEditor' | 'export' | 'delete' | 'restore';
      readonly chat: string;
    }
  /** An empty title gives back the one that the first question makes. */
  | { readonly kind: 'rename'; readonly chat: string; readonly title: string }
  | { readonly kind: 'pin'; readonly chat: string; readonly pinned: boolean };
