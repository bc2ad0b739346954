import { t } from '@vscode/l10n';
import type { Change, ChoiceView } from '../../protocol/messages';
import { element, icon } from '../ui/dom';
import { createMarkdownStream } from '../markdown/stream';
import type { OnApproachViewport } from '../rendering/viewport';

/** What a change adds to. */
export type AddedType = Extract<Change, { readonly text: string }>['type'];

/** One of an answer's alternatives on the page: thoughts, text and refusal. */
export interface DrawnChoice {
  readonly element: HTMLElement;
  add(type: AddedType, text: string): void;
  /** Its text, and what is drawn of it. */
  readonly text: string;
  readonly body: HTMLElement;
  /** Its text is whole, unless more is added later. */
  finish(): void;
}

/** A text that has ended is drawn once, as a whole; one that is far from what is seen, when it comes near. */
export type Drawing = 'growing' | 'whole' | OnApproachViewport;

export function drawChoice({ text, refusal, reasoning }: ChoiceView, drawing: Drawing): DrawnChoice {
  const thoughts = element('div', { class: 'thoughts' });
  const thinking = element('details', { hidden: '' }, element('summary', {}, t('Thoughts')), thoughts);
  const stream = createMarkdownStream(element('div', { class: 'markdown' }));
  const refused = element('p');
  const root = element('div', { class: 'choice' }, thinking, stream.element);

  function add(type: AddedType, added: string): void {
    if (added === '') return;
    switch (type) {
      case 'textAdded':
        return stream.append(added);
      case 'reasoningAdded':
        thinking.hidden = false;
        return thoughts.append(added);
      case 'refusalAdded':
        refused.append(added);
        if (!refused.parentElement) root.append(refusalCard(refused));
        return;
    }
  }

  add('reasoningAdded', reasoning);
  add('refusalAdded', refusal);
  if (drawing === 'growing') stream.append(text);
  else if (drawing === 'whole') stream.finish(text);
  else stream.finishOnApproach(text, drawing);
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

/** No alert: nothing broke, and the words are the model's, shown as they are. */
function refusalCard(words: HTMLElement): HTMLElement {
  const title = element('strong', {}, t('The model declined to answer'));
  return element(
    'div',
    { class: 'card refusal', role: 'note' },
    icon('circle-slash'),
    element('div', {}, title, words),
  );
}
