import type { HistoryNews, HistoryRequest } from './history';

/** What the host tells the panel. The panel holds nothing but what it was told. */
export type ToWebviewMessage =
  /** The whole conversation; `seq` starts the numbering of what follows. */
  | { readonly type: 'snapshot'; readonly seq: number; readonly turns: readonly TurnView[] }
  /** It was hidden and is shown: a page that was kept all the same says `ready` again. */
  | { readonly type: 'shown' }
  /** What changed since the message numbered `seq - 1`; in need of that one, the panel says `ready` again. */
  | { readonly type: 'changes'; readonly seq: number; readonly changes: readonly Change[] }
  /** What an attached selection would be; absent where nothing is selected. */
  | { readonly type: 'selection'; readonly selection?: SelectionView }
  /** What is written and not sent, here before or in another page; for a page that has not said more than `edit`. */
  | { readonly type: 'draft'; readonly text: string; readonly withSelection: boolean; readonly edit: number }
  /** All that goes with the question beside the selection; `selection`: the tokens of that, in words. */
  | { readonly type: 'attached'; readonly attached: readonly AttachedView[]; readonly selection?: string }
  /** What completes the word that was asked for under this number; more of it may follow. */
  | {
      readonly type: 'completions';
      readonly request: number;
      readonly items: readonly CompletionView[];
    }
  /** Former questions, newest first. */
  | { readonly type: 'recalled'; readonly questions: readonly string[] }
  /** Goes into the question box where its cursor is. */
  | { readonly type: 'insertText'; readonly text: string }
  /** Puts the cursor into the question box; `text` goes into an empty one. */
  | { readonly type: 'compose'; readonly withSelection: boolean; readonly text?: string }
  /** The edits that were open in the page before, and are not sent. */
  | { readonly type: 'edits'; readonly edits: readonly EditView[] }
  /** Puts what is selected in the conversation into the question box, as a quotation. */
  | { readonly type: 'quote' }
  /** What became of the question sent under this name: in the conversation, or still in the box. */
  | { readonly type: 'taken' | 'kept'; readonly question: string }
  /** Something needs the user before anything can be sent; absent when it is settled. */
  | { readonly type: 'notice'; readonly notice?: Problem }
  /** Something cannot be saved and is in memory alone; absent when all is saved. */
  | { readonly type: 'unsaved'; readonly problem?: Problem }
  /** What sending the question box as it is would take. */
  | { readonly type: 'estimate'; readonly estimate: EstimateView }
  /** What was chosen in the context menu of the formula with this name. */
  | { readonly type: 'formula'; readonly formula: string; readonly action: FormulaAction }
  /** Names of an answer that are files of the workspace. */
  | { readonly type: 'filesFound'; readonly names: readonly string[] }
  /** Of the list of chats. */
  | { readonly type: 'history'; readonly news: HistoryNews };

export type FormulaAction = 'copyLatex' | 'copyMathml' | 'insert';

/** What the panel asks of the host. */
export type FromWebviewMessage =
  /** The panel is there, or has missed a message: it needs a snapshot. */
  | {
      readonly type: 'ready';
      /** The browser tab, by a name that it keeps over reloads; absent where it cannot keep one. */
      readonly tab?: string;
    }
  /** What stands in the question box, and whether the selection would go with it; `edit` counts from 1. */
  | { readonly type: 'draft'; readonly text: string; readonly withSelection: boolean; readonly edit: number }
  | {
      readonly type: 'send';
      readonly question: string;
      readonly text: string;
      readonly withSelection: boolean;
    }
  | AttachRequest
  /** Asks another version of a question, with the attachments that it had. */
  | { readonly type: 'edit'; readonly question: string; readonly turnId: string; readonly text: string }
  /** What an edit has come to, whenever it changes; without a text it is over. */
  | { readonly type: 'editing'; readonly turnId: string; readonly text?: string }
  /** Shows the version of a question before or after the one that is shown. */
  | { readonly type: 'turn'; readonly turnId: string; readonly step: 1 | -1 }
  | { readonly type: 'copyAnswer'; readonly turnId: string }
  /** Whether something of an answer is selected. */
  | { readonly type: 'quotable'; readonly quotable: boolean }
  /** In the list of chats. */
  | { readonly type: 'history'; readonly request: HistoryRequest }
  | { readonly type: 'stop' | Action }
  /** Another of an answer's alternatives, from 0, is the one to go on with. */
  | { readonly type: 'choose'; readonly turnId: string; readonly choice: number }
  | { readonly type: 'copy'; readonly text: string }
  /** A selection with hidden characters was to be dragged out of the panel. */
  | { readonly type: 'dragRefused' }
  /** An error in the panel, for the log. */
  | { readonly type: 'logError'; readonly text: string }
  /** A link of an answer; it is opened once the user has seen its address. */
  | { readonly type: 'openLink'; readonly url: string }
  /** Which of these names, such as `src/app.ts:10`, are files of the workspace? */
  | { readonly type: 'findFiles'; readonly names: readonly string[] }
  /** Opens one of them, at its line. */
  | { readonly type: 'openFile'; readonly name: string }
  /** Something to do with code: the language is the first word behind its fence, in lower case. */
  | { readonly type: CodeAction; readonly code: string; readonly language: string };

export type CodeAction = 'insert' | 'replaceSelection' | 'openInNewFile' | 'compare';

export interface EditView {
  readonly turnId: string;
  readonly text: string;
}

/** What the panel asks of what goes with a question, and of what helps to write it. */
export type AttachRequest =
  /** Opens VS Code's own list of what can be attached. */
  | { readonly type: 'attach' }
  /** Keeps the selection as it is now. */
  | { readonly type: 'pin' }
  /** What completes a word: something to attach, or behind `/` a prompt. */
  | { readonly type: 'complete'; readonly request: number; readonly prompts: boolean; readonly typed: string }
  /** Attaches one of the completions that were told last. */
  | { readonly type: 'accept'; readonly item: string }
  /** Files that were dropped on the panel. */
  | { readonly type: 'drop'; readonly uris: readonly string[] }
  /** Attaches, under this id, code that was pasted; `language` as the editor named it, empty where it is not known. */
  | { readonly type: 'paste'; readonly id: string; readonly text: string; readonly language: string }
  | { readonly type: 'unattach' | 'openAttached' | 'pasteAsText'; readonly id: string }
  /** Asks for the former questions. */
  | { readonly type: 'recall' };

/** Something that goes with the question, as its chip shows it. */
export interface AttachedView {
  readonly id: string;
  /** A codicon. */
  readonly icon: string;
  /** Such as "orbits.py:3-10". */
  readonly label: string;
  /** Its tokens, in words; empty until they are counted. */
  readonly tokens: string;
  /** Where it is from, in full. */
  readonly title: string;
  /** Why it cannot be sent; absent where it can. */
  readonly problem?: string;
  /** Whether it could stand in the question as text. */
  readonly pasted: boolean;
}

export interface CompletionView {
  readonly id: string;
  /** A codicon. */
  readonly icon: string;
  readonly label: string;
  /** Where it is, or what it does. */
  readonly detail: string;
  /** Goes into the box in place of what was typed; absent where it is attached. */
  readonly text?: string;
}

export interface TurnView {
  readonly id: string;
  readonly question: string;
  readonly attachments: readonly AttachmentView[];
  /** Which version of an edited question it is, from 1; absent where there is one only. */
  readonly version?: { readonly number: number; readonly of: number };
  /** The answer that counts. */
  readonly answer: AnswerView;
  /** Texts of the answers that the question had before it was asked again. */
  readonly earlier: readonly string[];
}

export interface AttachmentView {
  /** Such as "orbits.py:3-10". */
  readonly label: string;
  readonly language: string;
  readonly content: string;
}

export interface SelectionView {
  readonly label: string;
  readonly lineCount: number;
}

export interface AnswerView {
  readonly status: StatusView;
  /** The alternatives, several where `n` asked for them. */
  readonly choices: readonly ChoiceView[];
  /** The index of the one that is shown. */
  readonly chosen: number;
  readonly notes: NotesView;
}

export interface ChoiceView {
  /** Markdown. */
  readonly text: string;
  /** Why the model would not answer, in its words; mostly empty. */
  readonly refusal: string;
  /** Thoughts, where a server shows them. */
  readonly reasoning: string;
}

/** What the service tells of an answer beside its words. */
export interface NotesView {
  /** A line of it; empty as long as nothing is known. */
  readonly summary: string;
  readonly details: readonly DetailView[];
}

export interface DetailView {
  readonly label: string;
  readonly value: string;
}

export type StatusView =
  | RunningView
  /** `remark`: what the user should know of an answer that ended well but not as usual. */
  | { readonly kind: 'done'; readonly remark?: RemarkView }
  | { readonly kind: 'stopped'; readonly remark: RemarkView }
  /** It ended in order, and is not the whole answer: a limit or a filter cut it, or the model only thought. */
  | { readonly kind: 'cutOff'; readonly remark: RemarkView }
  | { readonly kind: 'incomplete' | 'failed'; readonly problem: Problem };

export interface RunningView {
  readonly kind: 'running';
  readonly phase: 'waiting' | 'thinking' | 'answering';
  /** Milliseconds since the phase began, when the message was made. */
  readonly elapsed: number;
  /** How long this model thinks mostly, in words; absent where nothing is known of it. */
  readonly usual?: string;
  /** The request failed, and is sent again when this is over. */
  readonly retry?: {
    /** Milliseconds left when the message was made. */
    readonly left: number;
    readonly attempt: number;
    readonly of: number;
    /** Why it failed, in words. */
    readonly because: string;
  };
}

export interface RemarkView {
  readonly text: string;
  readonly buttons: readonly Button[];
}

/** An error in the user's words: what happened, what it means and what to do. */
export interface Problem {
  readonly title: string;
  readonly explanation: string;
  readonly buttons: readonly Button[];
}

export interface Button {
  readonly action: Action;
  readonly label: string;
  /** What it does or costs, where the label does not say it. */
  readonly hint?: string;
}

/** What buttons do; each is also the message that its button sends. */
export type Action =
  | 'setApiKey'
  | 'openSettings'
  | 'selectModel'
  /** Takes the model that the service names in place of a retired one, and asks again. */
  | 'useReplacement'
  /** Takes the other likely address of the service, and asks again. */
  | 'useAddress'
  | 'retry'
  /** Asks again without what the model cannot hold. */
  | 'retryShorter'
  /** Asks again with twice the token limit. */
  | 'retryDoubled'
  | 'continueAnswer'
  /** Takes away what cannot go with the question. */
  | 'unattachUnusable'
  /** Tries again to save what could not be saved. */
  | 'retrySaving'
  /** Lets the user save what could not be saved in another place. */
  | 'exportUnsaved'
  | 'showLog';

export interface EstimateView {
  readonly model: string;
  /** Tokens and the greatest price, in short; empty while nothing is written. */
  readonly words: string;
  /** The same in a sentence. */
  readonly explanation: string;
  /** Whether it is more than the model can read, or than the budget has left. */
  readonly level: 'fine' | 'too-much';
}

export type Change =
  /** Those behind the first `length` turns are not shown any more. */
  | { readonly type: 'turnsCut'; readonly length: number }
  /** A new turn, or the last one anew, since its question was sent again. */
  | { readonly type: 'turnPut'; readonly turn: TurnView }
  | {
      readonly type: 'textAdded' | 'reasoningAdded' | 'refusalAdded';
      readonly turnId: string;
      readonly choice: number;
      readonly text: string;
    }
  | { readonly type: 'statusChanged'; readonly turnId: string; readonly status: StatusView }
  | { readonly type: 'choiceChanged'; readonly turnId: string; readonly chosen: number }
  | { readonly type: 'notesChanged'; readonly turnId: string; readonly notes: NotesView };
