import { t } from '@vscode/l10n';
import type { SelectionView } from '../../protocol/messages';
import { element, icon } from '../ui/dom';
import { post } from '../host';
import type { QuestionBox } from '../input/question-box';

/** Shown before the first question, with suggestions. */
export interface Welcome {
  readonly element: HTMLElement;
  setSelection(selection: SelectionView | undefined): void;
}

export interface WelcomeActions {
  /** Writes a question into the question box, without sending it. */
  readonly compose: QuestionBox['compose'];
  /** Shows the list of chats. */
  readonly showHistory: () => void;
}

export function createWelcome({ compose, showHistory }: WelcomeActions): Welcome {
  const history = element('button', { type: 'button', class: 'link' }, t('History'));
  history.addEventListener('click', showHistory);
  const prove = suggestion('symbol-operator', t('Prove a Theorem'), () =>
    compose({ withSelection: false, text: t('Prove that the sum of the first n odd numbers is n².') }),
  );
  const explain = suggestion('code', '', () =>
    compose({ withSelection: true, text: t('Explain this code.') }),
  );
  const attach = suggestion('attach', t('Ask About Files, Problems, or Changes'), () =>
    post({ type: 'pickAttachments' }),
  );

  function setSelection(selection: SelectionView | undefined): void {
    explain.disabled = selection === undefined;
    explain.lastChild?.replaceWith(
      selection ? t('Explain {0}', selection.label) : t('Explain Selected Code'),
    );
  }

  setSelection(undefined);
  return {
    element: element(
      'div',
      { class: 'welcome' },
      icon('comment-discussion'),
      element('h2', {}, t('Ask o1-mini')),
      element(
        'p',
        {},
        t('Ask about mathematics or code. The model reasons for seconds or minutes before it answers.'),
      ),
      element(
        'div',
        { class: 'suggestions', role: 'group', 'aria-label': t('Suggestions') },
        prove,
        explain,
        attach,
      ),
      element('p', {}, history),
    ),
    setSelection,
  };
}

function suggestion(glyph: string, label: string, onClick: () => void): HTMLButtonElement {
  const button = element('button', { type: 'button', class: 'suggestion' }, icon(glyph), label);
  button.addEventListener('click', onClick);
  return button;
}
