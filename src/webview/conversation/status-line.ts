import { t } from '@vscode/l10n';
import type { RunningView, StatusView } from '../../protocol/messages';
import { element } from '../ui/dom';
import { formatCount } from '../ui/l10n';

/** The status of the last request, with the time that it has been thinking. */
export interface StatusLine {
  readonly element: HTMLElement;
  set(status: StatusView | undefined): void;
  /** Must be called when a part of the answer has arrived. */
  progress(): void;
}

interface StatusText {
  readonly status: string;
  /** Visible only: text with a time that changes every second, which would be announced again and again. */
  readonly visible?: string;
  /** Announced in place of `visible`; unchanged while the status is the same. */
  readonly srOnly?: string;
}

/** Time without new text after which the status says so. */
const STALL_MS = 10_000;

export function createStatusLine(): StatusLine {
  const statusWord = element('span');
  const visible = element('span', { 'aria-hidden': 'true' });
  const srOnly = element('span', { class: 'sr-only' });
  const line = element(
    'div',
    { role: 'status', 'aria-label': t('Request'), class: 'status' },
    statusWord,
    visible,
    srOnly,
  );
  let current: StatusView | undefined;
  let setAt = 0;
  let lastProgressAt = 0;
  let ticking: ReturnType<typeof setInterval> | undefined;

  function refresh(): void {
    const now = performance.now();
    const text: StatusText = current
      ? statusText(current, now - setAt, now - lastProgressAt)
      : { status: '' };
    setText(statusWord, text.status);
    setText(visible, text.visible ?? '');
    setText(srOnly, text.srOnly ?? '');
  }

  return {
    element: line,
    set(status) {
      current = status;
      setAt = lastProgressAt = performance.now();
      line.dataset['kind'] = status?.kind ?? '';
      clearInterval(ticking);
      if (status?.kind === 'running') ticking = setInterval(refresh, 1000);
      refresh();
    },
    progress() {
      lastProgressAt = performance.now();
      refresh();
    },
  };
}

/** Leaves an element with the same text alone: a screen reader would announce the status again. */
function setText(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

/**
 * @param elapsedMs time since the status was set
 * @param idleMs time since a part of the answer arrived
 */
function statusText(status: StatusView, elapsedMs: number, idleMs: number): StatusText {
  switch (status.kind) {
    case 'running':
      return runningText(status, elapsedMs, idleMs);
    case 'done':
      return { status: t('Done') };
    case 'stopped':
      return { status: t('Stopped') };
    case 'cutOff':
      return { status: t('Incomplete: {0}', status.notice.text) };
    case 'incomplete':
      return { status: t('Incomplete: {0}', status.errorCard.title) };
    case 'failed':
      return { status: t('Failed: {0}', status.errorCard.title) };
  }
}

function runningText(
  { phase, elapsed, typicalThinkingTime, retry }: RunningView,
  elapsedMs: number,
  idleMs: number,
): StatusText {
  if (retry) {
    const retryText = (remaining: number): string =>
      ` · ${t('retrying in {0} (attempt {1} of {2}): {3}', seconds(Math.ceil(remaining / 1000)), retry.attempt, retry.maxAttempts, retry.reason)}`;
    return {
      status: t('Waiting'),
      visible: retryText(retry.remaining - elapsedMs),
      srOnly: retryText(retry.remaining),
    };
  }
  switch (phase) {
    case 'waiting':
      return { status: t('Waiting') };
    case 'thinking': {
      const time = seconds(Math.floor((elapsed + elapsedMs) / 1000));
      return {
        status: t('Thinking'),
        visible: ` ${time}${typicalThinkingTime === undefined ? '' : ` · ${typicalThinkingTime}`}`,
      };
    }
    case 'answering':
      if (idleMs < STALL_MS) return { status: t('Answering') };
      return {
        status: t('Answering · no new text'),
        visible: ` ${t('for {0}', seconds(Math.floor(idleMs / 1000)))}`,
      };
  }
}

/** Negative if the clock of the host was set back, which is shown as 0. */
function seconds(count: number): string {
  return t('{0} s', formatCount(Math.max(0, count)));
}
