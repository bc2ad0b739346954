import * as vscode from 'vscode';
import { currentAnswer, lastTurn } from '../../core/chat/conversation';
import type { Session } from '../../core/chat/session';
import type { Sessions } from '../../core/chat/sessions';
import { describeUsage } from '../chat/estimates/usage-text';
import { DisposableStore, type Disposable } from '../disposables';
import { logTo } from '../error-reporting';
import type { Spending } from '../storage/spending';
import type { ChatStatus, StatusBarItem } from './status-bar-item';
import { newAnswersLabel, type UnseenAnswers } from './unseen-answers';

export interface ChatStatusSources {
  readonly sessions: Sessions;
  readonly spending: Spending;
  readonly unseen: Pick<UnseenAnswers, 'count' | 'onDidChange'>;
  readonly log: vscode.LogOutputChannel;
}

/** Keeps the item in the status bar at the state of the answers, the number of unseen ones and the usage of the day. */
export function keepStatusBarItemCurrent(
  item: Pick<StatusBarItem, 'update'>,
  { sessions, spending, unseen, log }: ChatStatusSources,
): Disposable {
  const store = new DisposableStore();
  let state: ChatStatus['state'] = 'idle';

  /** Most events of an answer change nothing that is shown. */
  function updateState(): void {
    const next = stateOf(sessions);
    if (next === state) return;
    state = next;
    item.update({ state });
  }

  const refreshUsage = (): void =>
    void describeUsage(spending)
      .then((usage) => item.update({ usage }))
      .catch(logTo(log, 'The usage in the status bar'));
  store.add(spending.onDidChange(refreshUsage));
  store.add(
    vscode.window.onDidChangeWindowState(({ focused }) => {
      // Other windows may have asked in the meantime, or the day may have ended.
      if (focused) refreshUsage();
    }),
  );
  const updateNewAnswers = (): void =>
    item.update({ newAnswers: unseen.count > 0 ? newAnswersLabel(unseen.count) : '' });
  store.add(unseen.onDidChange(updateNewAnswers));
  sessions.onChange(updateState);
  sessions.onShow(updateState);
  updateNewAnswers();
  updateState();
  refreshUsage();
  return store;
}

function stateOf(sessions: Sessions): ChatStatus['state'] {
  const states = sessions.all().map(stateOfSession);
  return (['answering', 'thinking', 'waiting'] as const).find((each) => states.includes(each)) ?? 'idle';
}

function stateOfSession({ running, requested, conversation }: Session): ChatStatus['state'] {
  if (!running) return 'idle';
  const turn = lastTurn(conversation);
  const kind = (requested ?? (turn && currentAnswer(turn)))?.status.kind;
  return kind === 'thinking' || kind === 'answering' ? kind : 'waiting';
}
