/** A chat in the list. */
export interface ChatView {
  readonly id: string;
  /** Empty where it has none. */
  readonly title: string;
  readonly pinned: boolean;
  /** When something was last asked in it, in ms since 1970; 0 where that is not known. */
  readonly date: number;
  /** Whether an answer of it is on its way. */
  readonly running: boolean;
  /** Whether it is the one in the panel. */
  readonly shown: boolean;
  /** Whether it belongs to the workspace of this window. */
  readonly here: boolean;
  /** The name of its workspace; absent for a chat of a window without a folder. */
  readonly workspace?: string;
  /** When it was moved to Recently Deleted, in ms since 1970; absent where it was not. */
  readonly deletedAt?: number;
}

/** A question that was written and not sent, in a window that is gone. */
export interface DraftView {
  readonly id: string;
  readonly text: string;
  /** In ms since 1970. */
  readonly date: number;
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

/** How many files cannot be listed, by the reason. */
export interface FileProblemsView {
  readonly damaged: number;
  readonly laterVersion: number;
  readonly unreadable: number;
}

/** What the host tells of the chats that there are. */
export type HistoryNews =
  /** The user wants to see the list. */
  | { readonly kind: 'show' }
  /**
   * All chats that are known, in no order; `checked` follows when they were compared with their files.
   * `workspace`: the name of the workspace of this window; absent without one.
   */
  | {
      readonly kind: 'list';
      readonly chats: readonly ChatView[];
      readonly drafts: readonly DraftView[];
      readonly workspace?: string;
    }
  /** All files have been looked at. */
  | { readonly kind: 'checked'; readonly problems: FileProblemsView }
  /** These have changed, or are there again. */
  | { readonly kind: 'put'; readonly chats: readonly ChatView[] }
  /** These chats or drafts are no longer there. */
  | { readonly kind: 'gone'; readonly ids: readonly string[] }
  /** Told to the page that has moved one to Recently Deleted, where it can be restored. */
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
  | { readonly kind: 'list' | 'import' | 'showLog' | 'showDamaged' }
  /** Looks into the texts, and stops looking for what was searched before; for nothing where `query` is empty. */
  | { readonly kind: 'search'; readonly search: number; readonly query: string }
  | {
      readonly kind: 'open' | 'openInEditor' | 'export' | 'delete' | 'restore' | 'deletePermanently';
      readonly chat: string;
    }
  /** Continues with a draft of a window that is gone, or removes it. */
  | { readonly kind: 'openDraft' | 'removeDraft'; readonly draft: string }
  /** An empty title gives back the one that the first question makes. */
  | { readonly kind: 'rename'; readonly chat: string; readonly title: string }
  | { readonly kind: 'pin'; readonly chat: string; readonly pinned: boolean };
