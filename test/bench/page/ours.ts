import type { Change, ToWebviewMessage, TurnView } from '../../../src/protocol/messages';
import type { Renderer } from './renderer';

/** The built panel that this page is, told by the messages that the host sends. */
export function ours(): Renderer {
  const scroller = document.querySelector<HTMLElement>('[role=log]');
  if (!scroller) throw new Error('This page is no panel.');
  const say = (message: ToWebviewMessage): void => {
    dispatchEvent(new MessageEvent('message', { data: message }));
  };
  const turn: TurnView = {
    id: 'turn',
    question: 'Write much.',
    answer: {
      status: { kind: 'running', phase: 'answering', elapsed: 0 },
      choices: [{ text: '', refusal: '', reasoning: '' }],
      chosen: 0,
      details: { summary: '', rows: [] },
    },
    attachments: [],
    earlier: [],
  };
  let seq = 1;
  say({ type: 'snapshot', seq, turns: [turn] });
  return {
    scroller,
    add(text) {
      const change: Change = { type: 'textAdded', turnId: 'turn', choice: 0, text };
      say({ type: 'changes', seq: ++seq, changes: [change] });
    },
  };
}
