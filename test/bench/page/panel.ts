import type { Change, ToWebviewMessage, TurnView } from '../../../src/protocol/messages';
import type { Renderer } from './renderer';

/** Renders with the built panel on this page, which receives the messages of the host. */
export function panel(): Renderer {
  const scroller = document.querySelector<HTMLElement>('[role=log]');
  if (!scroller) throw new Error('This page is not the panel.');
  const post = (message: ToWebviewMessage): void => {
    dispatchEvent(new MessageEvent('message', { data: message }));
  };
  const turn: TurnView = {
    id: 'turn',
    question: 'Write a long answer.',
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
  post({ type: 'snapshot', seq, turns: [turn] });
  return {
    scroller,
    add(text) {
      const change: Change = { type: 'textAdded', turnId: 'turn', choice: 0, text };
      post({ type: 'changes', seq: ++seq, changes: [change] });
    },
  };
}
