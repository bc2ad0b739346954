import type { AnswerView, ResponseDetailsView, StatusView } from '../../protocol/messages';
import { createAlternatives } from './alternatives';
import { createResponseDetails } from './response-details';
import { drawChoice, type AddedType, type Drawing, type DrawnChoice } from './choice-view';
import { withCopying } from '../copying/copying';
import { element } from '../ui/dom';
import { holdsHiddenCharacters } from '../markdown/code/hidden-characters';
import { problemCard, remarkNote } from './notices';

/** An answer on the page. */
export interface DrawnAnswer {
  readonly element: HTMLElement;
  /** More of an alternative, or the first of one that is new. */
  add(type: AddedType, choice: number, text: string): void;
  setStatus(status: StatusView): void;
  setChosen(choice: number): void;
  setDetails(details: ResponseDetailsView): void;
}

/** More alternatives than this are none that anyone asked for. */
const mostChoices = 100;
const nothing = { text: '', refusal: '', reasoning: '' };

/** What the host is told of an answer. */
export interface AnswerEvents {
  /** The user wants to go on with another alternative. */
  readonly choose: (choice: number) => void;
  /** Asks the host to copy the answer, where the page cannot. */
  readonly copy: () => void;
}

/** @param ended how what is there already is drawn, if nothing will come */
export function drawAnswer(
  view: AnswerView,
  ended: Exclude<Drawing, 'growing'>,
  { choose, copy }: AnswerEvents,
): DrawnAnswer {
  const drawn: DrawnChoice[] = [];
  const outcome = element('div', { class: 'outcome' });
  const details = createResponseDetails(() => copyShown(drawn[alternatives.shown], copy));
  let { status, chosen } = view;
  const alternatives = createAlternatives((choice) => {
    choose(choice);
    refreshCopy();
  });
  /** The alternatives that have any text. */
  const written = new Set(view.choices.flatMap(({ text }, index) => (text === '' ? [] : [index])));

  function refreshCopy(): void {
    details.setCopyable(written.has(alternatives.shown));
  }

  function choiceAt(index: number): DrawnChoice | undefined {
    if (index >= mostChoices) return undefined;
    while (drawn.length <= index) {
      const drawing = status.kind === 'running' ? 'growing' : ended;
      const choice = drawChoice(view.choices[drawn.length] ?? nothing, drawing);
      drawn.push(choice);
      alternatives.add(choice.element);
    }
    return drawn[index];
  }

  function setStatus(next: StatusView): void {
    const before = status;
    status = next;
    outcome.replaceChildren(...remarks(next));
    details.setStatus(next);
    if (next.kind === 'running') return;
    for (const choice of drawn) choice.finish();
    refreshCopy();
    // The host does not change its mind in the middle of an answer; now it may.
    if (before.kind === 'running' && alternatives.shown !== chosen) choose(alternatives.shown);
  }

  function setChosen(choice: number): void {
    chosen = choice;
    if (choiceAt(choice)) alternatives.show(choice);
    refreshCopy();
  }

  choiceAt(view.choices.length - 1);
  setChosen(chosen);
  details.set(view.details);
  setStatus(status);
  return {
    element: articleOf(alternatives.element, outcome, details.element),
    add(type, choice, text) {
      choiceAt(choice)?.add(type, text);
      if (type === 'textAdded' && text !== '') written.add(choice);
    },
    setStatus,
    setChosen,
    setDetails: (next) => details.set(next),
  };
}

function articleOf(...parts: readonly HTMLElement[]): HTMLElement {
  return element('article', { 'aria-label': 'o1-mini', class: 'answer' }, ...parts);
}

function remarks(status: StatusView): readonly HTMLElement[] {
  switch (status.kind) {
    case 'running':
      return [];
    case 'done':
    case 'stopped':
    case 'cutOff':
      return status.notice === undefined ? [] : [remarkNote(status.notice)];
    case 'incomplete':
    case 'failed':
      return [problemCard(status.problem)];
  }
}

/** Copies as text and as HTML where the page can; the host asks about hidden characters before it copies any. */
function copyShown(choice: DrawnChoice | undefined, copyByHost: () => void): void {
  if (!choice || holdsHiddenCharacters(choice.text)) {
    copyByHost();
    return;
  }
  withCopying(({ copyAnswer }) => {
    if (!copyAnswer(choice.text, choice.body)) copyByHost();
  });
}
