import * as vscode from 'vscode';
import { currentAnswer, lastTurn } from '../../core/chat/conversation';
import type { Session } from '../../core/chat/session';
import type { Sessions } from '../../core/chat/sessions';
import { sanitizeLine } from '../../core/text/untrusted-text';
import { describeUsage } from '../chat/estimates/usage-text';
import { DisposableStore, type Disposable } from '../disposables';
import { logTo } from '../error-reporting';
import { readSettings } from '../settings';
import type { Spending } from '../storage/spending';
import { newAnswersLabel, type UnseenAnswers } from './unseen-answers';

export interface StatusBarServices {
  readonly sessions: Sessions;
  readonly spending: Spending;
  readonly unseen: Pick<UnseenAnswers, 'count' | 'onDidChange'>;
  readonly log: vscode.LogOutputChannel;
}

type State = 'idle' | 'waiting' | 'thinking' | 'answering';

/** Longest name of a model that the status bar shows, in UTF-16 units. */
const MAX_MODEL_LENGTH = 30;

/**
 * Shows the model, the state of its answers, and how many the user has not seen in the status bar. The tooltip has the
 * usage of the day.
 */
export function createStatusBarItem({ sessions, spending, unseen, log }: StatusBarServices): Disposable {
  const store = new DisposableStore();
  const item = store.add(
    vscode.window.createStatusBarItem('o1mini.status', vscode.StatusBarAlignment.Right, 100),
  );
  item.name = vscode.l10n.t('o1-mini Chat');
  item.command = 'o1mini.showMenu';
  let state: State | undefined;
  let usage = '';

  function show(next: State): void {
    state = next;
    const model = sanitizeLine(readSettings().settings.model, MAX_MODEL_LENGTH);
    const label = stateLabel(next);
    const newAnswers = unseen.count > 0 ? newAnswersLabel(unseen.count) : '';
    item.text = textOf(next === 'idle' ? newAnswers : label, next, model);
    const lines = [
      `${vscode.l10n.t('o1-mini Chat')}: ${label}`,
      newAnswers,
      vscode.l10n.t('Model: {0}', model),
      usage,
    ].filter((line) => line !== '');
    item.tooltip = lines.join('\n');
    item.accessibilityInformation = { label: lines.join(', '), role: 'button' };
  }

  /** Most events of an answer change nothing that is shown. */
  function updateState(): void {
    const next = stateOf(sessions);
    if (next !== state) show(next);
  }

  async function updateUsage(): Promise<void> {
    usage = await describeUsage(spending);
    show(stateOf(sessions));
  }

  const refreshUsage = (): void => void updateUsage().catch(logTo(log, 'The usage in the status bar'));
  store.add(spending.onDidChange(refreshUsage));
  store.add(
    vscode.window.onDidChangeWindowState(({ focused }) => {
      // Other windows may have asked in the meantime, or the day may have ended.
      if (focused) refreshUsage();
    }),
  );
  store.add(
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('o1mini.model')) show(stateOf(sessions));
    }),
  );
  store.add(unseen.onDidChange(() => show(stateOf(sessions))));
  sessions.onChange(updateState);
  sessions.onShow(updateState);
  updateState();
  refreshUsage();
  item.show();
  return store;
}

function textOf(note: string, state: State, model: string): string {
  if (note === '') return `$(comment-discussion) ${model}`;
  return state === 'idle' ? `$(bell-dot) ${model}: ${note}` : `$(loading~spin) ${model}: ${note}`;
}

/** The state of the answer that is furthest in any chat of this window. */
function stateOf(sessions: Sessions): State {
  const states = sessions.all().map(stateOfSession);
  return (['answering', 'thinking', 'waiting'] as const).find((each) => states.includes(each)) ?? 'idle';
}

function stateOfSession({ running, requested, conversation }: Session): State {
  if (!running) return 'idle';
  const turn = lastTurn(conversation);
  const kind = (requested ?? (turn && currentAnswer(turn)))?.status.kind;
  return kind === 'thinking' || kind === 'answering' ? kind : 'waiting';
}

function stateLabel(state: State): string {
  switch (state) {
    case 'idle':
      return vscode.l10n.t('Idle');
    case 'waiting':
      return vscode.l10n.t('Waiting');
    case 'thinking':
      return vscode.l10n.t('Thinking');
    case 'answering':
      return vscode.l10n.t('Answering');
  }
}
