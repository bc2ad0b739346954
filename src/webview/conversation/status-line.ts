import { t } from '@vscode/l10n';
import type { RunningView, StatusView } from '../../protocol/messages';
import { element } from '../ui/dom';
import { formatCount } from '../ui/l10n';

/** What the last request is doing, in a word, with the seconds of its thinking. */
export interface StatusLine {
  readonly element: HTMLElement;
  set(status: StatusView | undefined): void;
  /** Something new of the answer has come. */
  progress(): void;
}

interface Words {
  readonly word: string;
  /** Seconds and what is about them: read out, a number that changes would drown everything else. */
  readonly visible?: string;
  /** What is read out in place of that, the same all the time. */
  readonly srOnly?: string;
}

/** Milliseconds without anything new after which an answer seems to be stuck. */
const stall = 10_000;

export function createStatusLine(): StatusLine {
  const word = element('span');
  const visible = element('span', { 'aria-hidden': 'true' });
  const srOnly = element('span', { class: 'sr-only' });
  const line = element(
    'div',
    { role: 'status', 'aria-label': t('Request'), class: 'status' },
    word,
    visible,
    srOnly,
  );
  let current: StatusView | undefined;
  let setAt = 0;
  let newsAt = 0;
  let ticking: ReturnType<typeof setInterval> | undefined;

  function refresh(): void {
    const now = performance.now();
    const words = current ? wordsFor(current, now - setAt, now - newsAt) : { word: '' };
    setText(word, words.word);
    setText(visible, words.visible ?? '');
    setText(srOnly, words.srOnly ?? '');
  }

  return {
    element: line,
    set(status) {
      current = status;
      setAt = newsAt = performance.now();
      line.dataset['kind'] = status?.kind ?? '';
      clearInterval(ticking);
      if (status?.kind === 'running') ticking = setInterval(refresh, 1000);
      refresh();
    },
    progress() {
      newsAt = performance.now();
      refresh();
    },
  };
}

/** A screen reader reads a status again when it is set, though it be the same. */
function setText(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

/**
 * @param passed milliseconds since the status was set
 * @param quiet milliseconds since anything came
 */
function wordsFor(status: StatusView, passed: number, quiet: number): Words {
  switch (status.kind) {
    case 'running':
      return runningWords(status, passed, quiet);
    case 'done':
      return { word: t('Done') };
    case 'stopped':
      return { word: t('Stopped') };
    case 'cutOff':
      return { word: t('Incomplete: {0}', status.notice.text) };
    case 'incomplete':
      return { word: t('Incomplete: {0}', status.problem.title) };
    case 'failed':
      return { word: t('Failed: {0}', status.problem.title) };
  }
}

function runningWords(
  { phase, elapsed, typicalThinkingTime, retry }: RunningView,
  passed: number,
  quiet: number,
): Words {
  if (retry) {
    const again = (remaining: number): string =>
      ` · ${t('trying again in {0} (attempt {1} of {2}): {3}', seconds(Math.ceil(remaining / 1000)), retry.attempt, retry.maxAttempts, retry.reason)}`;
    return { word: t('Waiting'), visible: again(retry.remaining - passed), srOnly: again(retry.remaining) };
  }
  switch (phase) {
    case 'waiting':
      return { word: t('Waiting') };
    case 'thinking': {
      const time = seconds(Math.floor((elapsed + passed) / 1000));
      return {
        word: t('Thinking'),
        visible: ` ${time}${typicalThinkingTime === undefined ? '' : ` · ${typicalThinkingTime}`}`,
      };
    }
    case 'answering':
      if (quiet < stall) return { word: t('Answering') };
      return {
        word: t('Answering · no new text'),
        visible: ` ${t('for {0}', seconds(Math.floor(quiet / 1000)))}`,
      };
  }
}

/** None below zero: the clock of the host may have been set back. */
function seconds(count: number): string {
  return t('{0} s', formatCount(Math.max(0, count)));
}
