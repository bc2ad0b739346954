import type { StatusView, TurnView } from '../protocol/messages';
import { element } from './dom';

/** What the last request is doing, in a word, with the seconds of its thinking. */
export interface StatusLine {
  readonly element: HTMLElement;
  set(status: StatusView | undefined): void;
}

export function createStatusLine(): StatusLine {
  const word = element('span');
  // Read out, a number that changes every second would drown everything else.
  const seconds = element('span', { 'aria-hidden': 'true' });
  const line = element('div', { role: 'status', 'aria-label': 'Request', class: 'status' }, word, seconds);
  let ticking: ReturnType<typeof setInterval> | undefined;

  return {
    element: line,
    set(status) {
      clearInterval(ticking);
      word.textContent = status ? statusWord(status) : '';
      seconds.textContent = '';
      line.dataset['kind'] = status?.kind ?? '';
      if (status?.kind !== 'running' || status.phase !== 'thinking') return;
      const began = performance.now() - status.elapsed;
      const tick = (): void =>
        void (seconds.textContent = ` ${Math.floor((performance.now() - began) / 1000)} s`);
      tick();
      ticking = setInterval(tick, 1000);
    },
  };
}

/** The status of the last turn. */
export function lastStatus(turns: readonly TurnView[]): StatusView | undefined {
  return turns.at(-1)?.answer.status;
}

const phaseWords = { waiting: 'Waiting', thinking: 'Thinking', answering: 'Answering' } as const;

function statusWord(status: StatusView): string {
  switch (status.kind) {
    case 'running':
      return phaseWords[status.phase];
    case 'done':
      return 'Done';
    case 'stopped':
      return 'Stopped';
    case 'incomplete':
      return `Incomplete: ${status.problem.title}`;
    case 'failed':
      return `Failed: ${status.problem.title}`;
  }
}
