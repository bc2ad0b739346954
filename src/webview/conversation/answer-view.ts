import type { AnswerView, ResponseDetailsView, StatusView } from '../../protocol/messages';
import { SELECTION_EVENT } from '../accessibility/announcer';
import { createChoiceTabs } from './choice-tabs';
import { createResponseDetails } from './response-details';
import { renderChoice, type AddedTextType, type RenderMode, type RenderedChoice } from './choice-view';
import { withCopying } from '../copying/lazy-copying';
import { element } from '../ui/dom';
import { checkForHiddenCharacters } from '../markdown/code/hidden-character-guard';
import { errorCardElement, answerNotice } from './notices';

/** An answer in the panel. */
export interface RenderedAnswer {
  readonly element: HTMLElement;
  /** Adds text to a choice, which is created if it is new. */
  add(type: AddedTextType, choice: number, text: string): void;
  setStatus(status: StatusView): void;
  setChosen(choice: number): void;
  setDetails(details: ResponseDetailsView): void;
}

/** No request asks for more choices, so a larger index from a server is ignored. */
const MAX_CHOICES = 100;
const emptyChoice = { text: '', refusal: '', reasoning: '' };

/** The name of an answer, and the actions on it that the host performs. */
export interface AnswerOptions {
  /** For screen readers. */
  readonly label: string;
  readonly className: string;
  /** The user selected another choice to continue with. */
  readonly choose: (choice: number) => void;
  /** Asks the host to copy the answer, because the webview cannot. */
  readonly copy: () => void;
  /** Absent if the answer cannot be requested again. */
  readonly regenerate?: () => void;
}

/** @param ended how text that is complete is rendered */
export function renderAnswer(
  view: AnswerView,
  ended: Exclude<RenderMode, 'streaming'>,
  options: AnswerOptions,
): RenderedAnswer {
  const { choose, copy, regenerate } = options;
  const rendered: RenderedChoice[] = [];
  const outcome = element('div', { class: 'outcome' });
  const details = createResponseDetails(() => copySelected(rendered[choiceTabs.selected], copy), regenerate);
  let { status, chosen } = view;
  const choiceTabs = createChoiceTabs((choice) => {
    choose(choice);
    refreshCopy();
    if (status.kind !== 'running') return;
    const event = new CustomEvent(SELECTION_EVENT, { bubbles: true, detail: choice });
    choiceTabs.element.dispatchEvent(event);
  });
  /** The choices that have any text. */
  const withText = new Set(view.choices.flatMap(({ text }, index) => (text === '' ? [] : [index])));

  function refreshCopy(): void {
    details.setCopyable(withText.has(choiceTabs.selected));
  }

  function choiceAt(index: number): RenderedChoice | undefined {
    if (index >= MAX_CHOICES) return undefined;
    while (rendered.length <= index) {
      const mode = status.kind === 'running' ? 'streaming' : ended;
      const choice = renderChoice(view.choices[rendered.length] ?? emptyChoice, mode);
      rendered.push(choice);
      choiceTabs.add(choice.element);
    }
    return rendered[index];
  }

  function setStatus(next: StatusView): void {
    const before = status;
    status = next;
    outcome.replaceChildren(...noticesFor(next));
    details.setStatus(next);
    if (next.kind === 'running') return;
    for (const choice of rendered) choice.finish(next.kind === 'done' || next.kind === 'cutOff');
    refreshCopy();
    // The host ignores a selection while the answer is written, so it is repeated at the end.
    if (before.kind === 'running' && choiceTabs.selected !== chosen) choose(choiceTabs.selected);
  }

  function setChosen(choice: number): void {
    chosen = choice;
    if (choiceAt(choice)) choiceTabs.show(choice);
    refreshCopy();
  }

  choiceAt(view.choices.length - 1);
  setChosen(chosen);
  details.set(view.details);
  setStatus(status);
  return {
    element: element(
      'article',
      { 'aria-label': options.label, class: options.className },
      choiceTabs.element,
      outcome,
      details.element,
    ),
    add(type, choice, text) {
      choiceAt(choice)?.add(type, text);
      if (type === 'textAdded' && text !== '') withText.add(choice);
    },
    setStatus,
    setChosen,
    setDetails: (next) => details.set(next),
  };
}

function noticesFor(status: StatusView): readonly HTMLElement[] {
  switch (status.kind) {
    case 'running':
      return [];
    case 'done':
    case 'stopped':
    case 'cutOff':
      return status.notice === undefined ? [] : [answerNotice(status.notice)];
    case 'incomplete':
    case 'failed':
      return [errorCardElement(status.errorCard)];
  }
}

/** Copies text and HTML if the webview can. Before hidden characters are copied, the host asks the user. */
function copySelected(choice: RenderedChoice | undefined, copyByHost: () => void): void {
  if (!choice) return copyByHost();
  checkForHiddenCharacters(choice.text, (mustAsk) => {
    if (mustAsk) return copyByHost();
    withCopying(({ copyAnswer }) => {
      if (!copyAnswer(choice.text, choice.body)) copyByHost();
    });
  });
}
