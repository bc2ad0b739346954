import { t } from '@vscode/l10n';
import type { Change, ChoiceView } from '../../protocol/messages';
import { element, icon } from '../ui/dom';
import { createMarkdownStream } from '../markdown/markdown-stream';
import type { OnApproachViewport } from '../rendering/viewport';
import { createReasoningView, type ReasoningView } from './reasoning-view';

/** The changes that add text to a choice. */
export type AddedTextType = Extract<Change, { readonly text: string }>['type'];

/** One choice of an answer: its reasoning, text and refusal. */
export interface RenderedChoice {
  readonly element: HTMLElement;
  add(type: AddedTextType, text: string): void;
  /** The text of the choice. `body` is the element that shows it. */
  readonly text: string;
  readonly body: HTMLElement;
  /**
   * Renders the text as complete. Text that is added later continues it.
   *
   * @param isWhole whether the service has ended the answer, so that reasoning without an answer is all there is
   */
  finish(isWhole: boolean): void;
}

/** Renders a text while it grows, as a complete text now, or as a complete text when it approaches the viewport. */
export type RenderMode = 'streaming' | 'complete' | OnApproachViewport;

export function renderChoice({ text, refusal, reasoning }: ChoiceView, mode: RenderMode): RenderedChoice {
  let reasoningView: ReasoningView | undefined;
  const stream = createMarkdownStream(element('div', { class: 'markdown' }));
  const refusalText = element('p');
  const root = element('div', { class: 'choice' }, stream.element);

  function addReasoning(added: string): void {
    if (!reasoningView) {
      reasoningView = createReasoningView();
      root.prepend(reasoningView.element);
    }
    reasoningView.add(added);
    reasoningView.setThinking(mode === 'streaming');
  }

  function add(type: AddedTextType, added: string): void {
    if (added === '') return;
    switch (type) {
      case 'textAdded':
        reasoningView?.setThinking(false);
        return stream.append(added);
      case 'reasoningAdded':
        return addReasoning(added);
      case 'refusalAdded':
        refusalText.append(added);
        if (!refusalText.parentElement) root.append(refusalCard(refusalText));
        return;
    }
  }

  add('reasoningAdded', reasoning);
  if (text !== '') reasoningView?.setThinking(false);
  add('refusalAdded', refusal);
  if (mode === 'streaming') stream.append(text);
  else if (mode === 'complete') stream.finish(text);
  else stream.finishOnApproach(text, mode);
  return {
    element: root,
    body: stream.element,
    get text() {
      return stream.text;
    },
    add,
    finish(isWhole) {
      stream.finish();
      reasoningView?.setThinking(false);
      reasoningView?.finish();
      if (reasoningView && isWhole && stream.text === '' && !refusalText.hasChildNodes())
        reasoningView.element.open = true;
    },
  };
}

/**
 * The element is a note and not an alert, because a refusal is not an error. The model's own text is shown without
 * Markdown.
 */
function refusalCard(text: HTMLElement): HTMLElement {
  const title = element('strong', {}, t('The model declined to answer'));
  return element(
    'div',
    { class: 'card refusal', role: 'note' },
    icon('circle-slash'),
    element('div', {}, title, text),
  );
}
