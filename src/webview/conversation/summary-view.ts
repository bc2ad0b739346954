import * as l10n from '@vscode/l10n';
import type { SummaryView } from '../../protocol/messages';
import { isAvailable, setAvailable } from '../ui/buttons';
import { element, icon } from '../ui/dom';
import { formatCount } from '../ui/l10n';
import { post } from '../host';
import type { OnApproachViewport } from '../rendering/viewport';
import { renderAnswer, type RenderedAnswer } from './answer-view';
import { createInlineEditor, type Edits, type InlineEditor } from './question-editor';

/** A summary below the last of the turns that it covers. */
export interface RenderedSummary {
  readonly id: string;
  readonly element: HTMLElement;
  readonly answer: RenderedAnswer;
  /** While an answer is in progress, the summary cannot be changed. */
  setRunning(running: boolean): void;
}

/** @param mode how a complete summary is rendered */
export function renderSummary(
  view: SummaryView,
  mode: 'complete' | OnApproachViewport,
  edits: Edits,
): RenderedSummary {
  const { id, answer, inUse } = view;
  const rendered = renderAnswer(answer, mode, {
    label: l10n.t('Summary'),
    className: 'summary-text',
    choose: () => undefined,
    copy: () => post({ type: 'copyAnswer', turnId: id }),
  });
  const isRunning = answer.status.kind === 'running';
  const [text, buttons] = [answer.choices[0]?.text ?? '', actionsOf(view, () => open(text).focus())];
  const actions = element('div', { class: 'action-buttons' }, ...buttons);
  const body = element('div', {}, rendered.element, actions);
  const root = element(
    'details',
    { class: 'turns-summary', ...((inUse || isRunning || text === '') && { open: '' }) },
    element('summary', {}, icon('fold'), headingOf(view)),
    body,
  );

  let editor: InlineEditor | undefined;
  let isWaiting = false;

  function open(written: string): InlineEditor {
    if (!edits.get(id)) edits.write(id, written);
    const opened = createInlineEditor(written, {
      label: l10n.t('Edit summary'),
      note: l10n.t('The edited text is sent to the model. The questions and answers do not change.'),
      submit: l10n.t('Save'),
      write: (next) => edits.write(id, next),
      send() {
        const saved = edits.get(id)?.text ?? written;
        close();
        post({ type: 'changeSummary', summaryId: id, change: { kind: 'edited', text: saved } });
      },
      cancel: close,
    });
    editor = opened;
    opened.setState(isWaiting ? 'waiting' : 'ready');
    body.replaceChildren(opened.element);
    root.open = true;
    return opened;
  }

  function close(): void {
    edits.close(id);
    editor = undefined;
    body.replaceChildren(rendered.element, actions);
    buttons[0]?.focus();
  }

  const restored = edits.get(id);
  if (restored && !isRunning) open(restored.text);
  return {
    id,
    element: root,
    answer: rendered,
    setRunning(running) {
      isWaiting = running;
      editor?.setState(running ? 'waiting' : 'ready');
      actions.hidden = isRunning;
      for (const button of buttons)
        setAvailable(button, !running, running ? l10n.t('An answer is in progress') : undefined);
    },
  };
}

function headingOf({ questions, inUse, answer }: SummaryView): string {
  if (answer.status.kind === 'running') return l10n.t('Summary in progress');
  if (!inUse) return l10n.t('Summary, not sent');
  return questions === 1
    ? l10n.t('Summary, sent in place of the question and the answer above')
    : l10n.t('Summary, sent in place of the {0} questions and answers above', formatCount(questions));
}

function actionsOf({ id, inUse, answer }: SummaryView, edit: () => void): readonly HTMLButtonElement[] {
  const change = (kind: 'used' | 'undone' | 'dismissed') => (): void =>
    post({ type: 'changeSummary', summaryId: id, change: { kind } });
  if ((answer.choices[0]?.text ?? '').trim() === '') return [button(l10n.t('Dismiss'), change('dismissed'))];
  return [
    button(l10n.t('Edit Summary'), edit),
    inUse ? button(l10n.t('Undo Summary'), change('undone')) : button(l10n.t('Use Summary'), change('used')),
  ];
}

function button(label: string, act: () => void): HTMLButtonElement {
  const created = element(
    'button',
    { type: 'button', class: 'button secondary', 'aria-label': label },
    label,
  );
  created.addEventListener('click', () => {
    if (isAvailable(created)) act();
  });
  return created;
}
