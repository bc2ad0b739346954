import { t } from '@vscode/l10n';
import type { Change, ChoiceView } from '../../protocol/messages';
import { element, icon } from '../ui/dom';
import { createMarkdownStream } from '../markdown/stream';
import type { OnApproachViewport } from '../rendering/viewport';

/** The changes that add text to an alternative. */
export type AddedTextType = Extract<Change, { readonly text: string }>['type'];

/** One alternative of an answer: its reasoning, text and refusal. */
export interface RenderedChoice {
  readonly element: HTMLElement;
  add(type: AddedTextType, text: string): void;
  /** Its text, and the element that shows it. */
  readonly text: string;
  readonly body: HTMLElement;
  /** Renders the text as complete. Text that is added later continues it. */
  finish(): void;
}

/** Renders a text while it grows, as a complete text now, or as a complete text when it approaches the viewport. */
export type RenderMode = 'streaming' | 'complete' | OnApproachViewport;

export function renderChoice({ text, refusal, reasoning }: ChoiceView, mode: RenderMode): RenderedChoice {
  const thoughtsText = element('div', { class: 'reasoning' });
  const thinking = element('details', { hidden: '' }, element('summary', {}, t('Reasoning')), thoughtsText);
  const stream = createMarkdownStream(element('div', { class: 'markdown' }));
  const refusalText = element('p');
  const root = element('div', { class: 'choice' }, thinking, stream.element);

  function add(type: AddedTextType, added: string): void {
    if (added === '') return;
    switch (type) {
      case 'textAdded':
        return stream.append(added);
      case 'reasoningAdded':
        thinking.hidden = false;
        return thoughtsText.append(added);
      case 'refusalAdded':
        refusalText.append(added);
        if (!refusalText.parentElement) root.append(refusalCard(refusalText));
        return;
    }
  }

  add('reasoningAdded', reasoning);
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
    finish: () => stream.finish(),
  };
}

/** A note and not an alert, because a refusal is not an error. The model's own text is shown without Markdown. */
function refusalCard(text: HTMLElement): HTMLElement {
  const title = element('strong', {}, t('The model declined to answer'));
  return element(
    'div',
    { class: 'card refusal', role: 'note' },
    icon('circle-slash'),
    element('div', {}, title, text),
  );
}
