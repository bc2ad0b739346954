import type {
  AnswerView,
  Change,
  ChoiceView,
  RunningView,
  ToWebviewMessage,
  TurnView,
} from '../../../src/protocol/messages';

export function choice(text: string, others: Partial<ChoiceView> = {}): ChoiceView {
  return { text, refusal: '', reasoning: '', ...others };
}

/** A turn whose answer is done and empty where nothing else is said. */
export function turn(id: string, answer: Partial<AnswerView> = {}, question = 'What is it?'): TurnView {
  const plain: AnswerView = {
    status: { kind: 'done' },
    choices: [choice('')],
    chosen: 0,
    details: { summary: '', rows: [] },
  };
  return { id, question, attachments: [], answer: { ...plain, ...answer }, earlier: [] };
}

/** The message numbered 1; changes go on with 2. */
export function snapshot(...turns: readonly TurnView[]): ToWebviewMessage {
  return { type: 'snapshot', seq: 1, turns };
}

export function changes(seq: number, ...list: readonly Change[]): ToWebviewMessage {
  return { type: 'changes', seq, changes: list };
}

export function text(turnId: string, words: string, at = 0): Change {
  return { type: 'textAdded', turnId, choice: at, text: words };
}

export function running(phase: RunningView['phase'], others: Partial<RunningView> = {}): RunningView {
  return { kind: 'running', phase, elapsed: 0, ...others };
}
