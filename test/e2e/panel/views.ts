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

/** A turn with a completed, empty answer, unless other values are given. */
export function turn(id: string, answer: Partial<AnswerView> = {}, question = 'What is it?'): TurnView {
  const defaults: AnswerView = {
    status: { kind: 'done' },
    choices: [choice('')],
    chosen: 0,
    details: { summary: '', rows: [] },
  };
  return { id, question, attachments: [], answer: { ...defaults, ...answer }, earlier: [] };
}

/** A turn with a question and an answer that contain its ID. */
export function answeredTurn(id: string, answer = `Answer ${id}`): TurnView {
  return turn(id, { choices: [choice(answer)] }, `Question ${id}`);
}

/** The turn as one of several versions of its question. */
export function version(view: TurnView, number: number, count: number): TurnView {
  return { ...view, version: { number, total: count } };
}

/** The message numbered 1; changes continue with 2. */
export function snapshot(...turns: readonly TurnView[]): ToWebviewMessage {
  return { type: 'snapshot', seq: 1, turns };
}

export function changes(seq: number, ...list: readonly Change[]): ToWebviewMessage {
  return { type: 'changes', seq, changes: list };
}

export function text(turnId: string, added: string, at = 0): Change {
  return { type: 'textAdded', turnId, choice: at, text: added };
}

export function running(phase: RunningView['phase'], others: Partial<RunningView> = {}): RunningView {
  return { kind: 'running', phase, elapsed: 0, ...others };
}
