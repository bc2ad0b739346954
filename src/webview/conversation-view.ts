import type { AttachmentView, Change, TurnView } from '../protocol/messages';
import { drawAnswer, type DrawnAnswer } from './answer-view';
import { element, icon } from './dom';
import { post } from './host';
import { drawCodeBlocks } from './markdown/code-blocks';
import { createMarkdownStream } from './markdown/stream';

/** The conversation on the page: a turn for each question, each with two articles. */
export interface ConversationView {
  readonly element: HTMLElement;
  /** Draws a conversation in place of what was there. */
  show(turns: readonly TurnView[]): void;
  apply(changes: readonly Change[]): void;
}

interface DrawnTurn {
  readonly element: HTMLElement;
  readonly answer: DrawnAnswer;
}

export function createConversationView(): ConversationView {
  const list = element('div', { class: 'turns' });
  const log = element(
    'main',
    { role: 'log', 'aria-label': 'Conversation', 'aria-busy': 'true', tabindex: '0' },
    welcome(),
    list,
  );
  const turns = new Map<string, DrawnTurn>();
  keepEndWhenResized(log);

  function put(view: TurnView): void {
    const drawn = drawTurn(view);
    const old = turns.get(view.id);
    if (old) old.element.replaceWith(drawn.element);
    else list.append(drawn.element);
    turns.set(view.id, drawn);
  }

  function cut(length: number): void {
    for (const [id, { element: drawn }] of [...turns].slice(length)) {
      drawn.remove();
      turns.delete(id);
    }
  }

  function apply(change: Change): void {
    if (change.type === 'turnPut') return put(change.turn);
    if (change.type === 'turnsCut') return cut(change.length);
    const answer = turns.get(change.turnId)?.answer;
    switch (change.type) {
      case 'textAdded':
      case 'reasoningAdded':
      case 'refusalAdded':
        return answer?.add(change.type, change.choice, change.text);
      case 'statusChanged':
        return answer?.setStatus(change.status);
      case 'choiceChanged':
        return answer?.setChosen(change.chosen);
      case 'notesChanged':
        return answer?.setNotes(change.notes);
    }
  }

  return {
    element: log,
    show(views) {
      turns.clear();
      list.replaceChildren();
      views.forEach(put);
      log.removeAttribute('aria-busy');
      log.scrollTop = log.scrollHeight;
    },
    apply(changes) {
      keepFocus(log, () => keepEndInView(log, () => changes.forEach(apply)));
    },
  };
}

/** Follows what is added, unless the user has scrolled away from the end. */
function keepEndInView(log: HTMLElement, draw: () => void): void {
  const following = atEnd(log);
  draw();
  if (following) log.scrollTop = log.scrollHeight;
}

/** The status and the question take more lines or fewer, at the cost of the conversation. */
function keepEndWhenResized(log: HTMLElement): void {
  let following = true;
  log.addEventListener('scroll', () => (following = atEnd(log)));
  new ResizeObserver(() => {
    if (following) log.scrollTop = log.scrollHeight;
  }).observe(log);
}

function atEnd(log: HTMLElement): boolean {
  return log.scrollHeight - log.scrollTop - log.clientHeight < 32;
}

/** A button that was pressed may go away with what it did; the focus stays in the conversation. */
function keepFocus(log: HTMLElement, draw: () => void): void {
  const focused = document.activeElement;
  const inside = log.contains(focused);
  draw();
  if (inside && focused?.checkVisibility() === false) log.focus({ preventScroll: true });
}

function drawTurn({ id, question, attachments, answer, earlier }: TurnView): DrawnTurn {
  const asked = element('article', { 'aria-label': 'You', class: 'question' }, element('p', {}, question));
  asked.append(...attachments.map(drawAttachment));
  const drawn = drawAnswer(answer, (choice) => post({ type: 'choose', turnId: id, choice }));
  return {
    element: element(
      'section',
      { class: 'turn', 'data-turn': id },
      asked,
      ...earlier.map(drawEarlier),
      drawn.element,
    ),
    answer: drawn,
  };
}

/** What went with a question. */
function drawAttachment({ label, language, content }: AttachmentView): HTMLElement {
  const name = language === '' ? label : `${label} · ${language}`;
  return folded('context', [icon('code'), name], () => {
    const block = element('div', { class: 'code-block', 'data-language': language });
    block.append(element('pre', {}, element('code', {}, content)));
    const body = element('div', {}, block);
    drawCodeBlocks(body);
    return body;
  });
}

/** What the question was answered with before it was asked again. */
function drawEarlier(text: string): HTMLElement {
  return folded('earlier', ['Earlier answer'], () => {
    const stream = createMarkdownStream(element('div', { class: 'markdown' }));
    stream.finish(text);
    return stream.element;
  });
}

/** Something that may be long, drawn only when someone wants to see it. */
function folded(name: string, summary: readonly (Node | string)[], draw: () => HTMLElement): HTMLElement {
  const details = element('details', { class: name }, element('summary', {}, ...summary));
  details.addEventListener('toggle', () => details.append(draw()), { once: true });
  return details;
}

function welcome(): HTMLElement {
  return element(
    'div',
    { class: 'welcome' },
    icon('comment-discussion'),
    element('h2', {}, 'Ask o1-mini'),
    element(
      'p',
      {},
      'About mathematics, or about code: select some, then choose Explain Selection, or attach it to a question.',
    ),
    element('p', {}, 'It thinks before it answers. That takes from seconds to minutes.'),
  );
}
