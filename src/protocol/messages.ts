import type { Usage } from '../core/api';

/** What the host tells the panel. The panel holds nothing but what it was told. */
export type ToWebviewMessage =
  /** The whole conversation; `seq` starts the numbering of what follows. */
  | { readonly type: 'snapshot'; readonly seq: number; readonly turns: readonly TurnView[] }
  /** What changed since the message numbered `seq - 1`; in need of that one, the panel says `ready` again. */
  | { readonly type: 'changes'; readonly seq: number; readonly changes: readonly Change[] }
  /** What an attached selection would be; absent where nothing is selected. */
  | { readonly type: 'selection'; readonly selection?: SelectionView }
  /** What was written and not sent, before the panel was hidden or the window loaded anew. */
  | { readonly type: 'draft'; readonly text: string }
  /** Puts the cursor into the question box; `text` goes into an empty one. */
  | { readonly type: 'compose'; readonly withSelection: boolean; readonly text?: string }
  /** What became of the question sent under this name: in the conversation, or still in the box. */
  | { readonly type: 'taken' | 'kept'; readonly question: string }
  /** Something needs the user before anything can be sent; absent when it is settled. */
  | { readonly type: 'notice'; readonly notice?: Problem };

/** What the panel asks of the host. */
export type FromWebviewMessage =
  /** The panel is there, or has missed a message: it needs a snapshot. */
  | { readonly type: 'ready' }
  /** What stands in the question box. */
  | { readonly type: 'draft'; readonly text: string }
  | {
      readonly type: 'send';
      readonly question: string;
      readonly text: string;
      readonly withSelection: boolean;
    }
  | { readonly type: 'stop' | 'retry' | 'setApiKey' | 'openSettings' | 'showLog' }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'insert'; readonly code: string; readonly language: string };

export interface TurnView {
  readonly id: string;
  readonly question: string;
  readonly context?: ContextView;
  /** The answer that counts. */
  readonly answer: AnswerView;
  /** Texts of earlier answers to the same question, which broke or were stopped. */
  readonly earlier: readonly string[];
}

export interface ContextView {
  /** File and lines, such as "orbits.py:3-10". */
  readonly label: string;
  readonly language: string;
  readonly code: string;
}

export interface SelectionView {
  readonly label: string;
  readonly lineCount: number;
}

export interface AnswerView {
  readonly status: StatusView;
  /** Markdown. */
  readonly text: string;
  /** Thoughts, where a server shows them. */
  readonly reasoning: string;
  readonly usage?: Usage;
}

export type StatusView =
  /** `elapsed`: milliseconds since it began, when the message was made. */
  | {
      readonly kind: 'running';
      readonly phase: 'waiting' | 'thinking' | 'answering';
      readonly elapsed: number;
    }
  /** `remark`: what the user should know of an answer that ended well but not as usual. */
  | { readonly kind: 'done'; readonly remark?: string }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'incomplete' | 'failed'; readonly problem: Problem };

/** An error in the user's words: what happened, what it means and what to do. */
export interface Problem {
  readonly title: string;
  readonly explanation: string;
  readonly actions: readonly Action[];
}

/** The buttons of a problem; each is also the message that its button sends. */
export type Action = 'setApiKey' | 'openSettings' | 'retry' | 'showLog';

export type Change =
  /** A new turn, or the last one anew, since its question was sent again. */
  | { readonly type: 'turnPut'; readonly turn: TurnView }
  | { readonly type: 'textAdded' | 'reasoningAdded'; readonly turnId: string; readonly text: string }
  | { readonly type: 'statusChanged'; readonly turnId: string; readonly status: StatusView }
  | { readonly type: 'usageChanged'; readonly turnId: string; readonly usage: Usage };
