import type { AttachmentView, Change, TurnView } from '../protocol/messages';
import { drawAnswer, type DrawnAnswer } from './answer-view';
import { element, icon } from './dom';
import { post } from './host';
import { drawCodeBlocks } from './markdown/code-blocks';
import { createMarkdownStream } from './markdown/stream';
import { inSlices } from './slices';

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

/** Turns at the end of a conversation that are drawn whole as soon as it is shown. */
const drawnAtOnce = 10;

export function createConversationView(): ConversationView {
  const list = element('div', { class: 'turns' });
  const log = element(
    'main',
    { role: 'log', 'aria-label': 'Conversation', 'aria-busy': 'true', tabindex: '0' },
    welcome(),
    list,
  );
  const turns = new Map<string, DrawnTurn>();
  /** Those before the ones that are on the page. */
  let earlier: TurnView[] = [];
  const end = followEnd(log, list);

  function put(view: TurnView): void {
    const drawn = drawTurn(view, 'whole');
    const old = turns.get(view.id);
    if (old) old.element.replaceWith(drawn.element);
    else list.append(drawn.element);
    turns.set(view.id, drawn);
  }

  function cut(length: number): void {
    const drawn = Math.max(0, length - earlier.length);
    earlier.splice(length);
    for (const surplus of [...list.children].slice(drawn)) {
      surplus.remove();
      turns.delete(surplus.getAttribute('data-turn') ?? '');
    }
  }

  function putEarlier(): boolean {
    const view = earlier.pop();
    if (view) {
      const drawn = drawTurn(view, turns.size < drawnAtOnce ? 'whole' : 'when near');
      turns.set(view.id, drawn);
      list.prepend(drawn.element);
    }
    if (earlier.length === 0) log.removeAttribute('aria-busy');
    return earlier.length > 0;
  }

  function apply(change: Change): void {
    if (change.type === 'turnsCut') return cut(change.length);
    const id = change.type === 'turnPut' ? change.turn.id : change.turnId;
    if (earlier.some((view) => view.id === id)) while (putEarlier());
    if (change.type === 'turnPut') return put(change.turn);
    const answer = turns.get(change.turnId)?.answer;
    if (answer) changeAnswer(answer, change);
  }

  return {
    element: log,
    show(views) {
      turns.clear();
      list.replaceChildren();
      earlier = [...views];
      log.setAttribute('aria-busy', 'true');
      end.follow();
      // The last one is there with this, and the others before it soon.
      inSlices(putEarlier);
    },
    apply(changes) {
      keepFocus(log, () => changes.forEach(apply));
    },
  };
}

/** What changes within an answer. */
type AnswerChange = Exclude<Change, { readonly type: 'turnPut' | 'turnsCut' }>;

function changeAnswer(answer: DrawnAnswer, change: AnswerChange): void {
  switch (change.type) {
    case 'textAdded':
    case 'reasoningAdded':
    case 'refusalAdded':
      return answer.add(change.type, change.choice, change.text);
    case 'statusChanged':
      return answer.setStatus(change.status);
    case 'choiceChanged':
      return answer.setChosen(change.chosen);
    case 'notesChanged':
      return answer.setNotes(change.notes);
  }
}

/**
 * Keeps the end in view, whatever is added and however much room the question takes, unless the user has
 * scrolled away from it. Looks only after each layout, so as not to force one.
 */
function followEnd(log: HTMLElement, list: HTMLElement): { follow(): void } {
  let following = true;
  let before = 0;

  function toEnd(): void {
    if (!following) return;
    log.scrollTop = log.scrollHeight;
    before = log.scrollTop;
  }

  log.addEventListener('scroll', () => {
    const { scrollTop, scrollHeight, clientHeight } = log;
    if (scrollHeight - scrollTop - clientHeight < 32) following = true;
    else if (scrollTop < before) following = false;
    before = scrollTop;
  });
  const resized = new ResizeObserver(toEnd);
  resized.observe(log);
  resized.observe(list);
  return {
    follow() {
      following = true;
      toEnd();
    },
  };
}

/** A button that was pressed may go away with what it did; the focus stays in the conversation. */
function keepFocus(log: HTMLElement, draw: () => void): void {
  const focused = document.activeElement;
  const inside = log.contains(focused);
  draw();
  if (inside && focused?.checkVisibility() === false) log.focus({ preventScroll: true });
}

function drawTurn(
  { id, question, attachments, answer, earlier }: TurnView,
  drawing: 'whole' | 'when near',
): DrawnTurn {
  const asked = element('article', { 'aria-label': 'You', class: 'question' }, element('p', {}, question));
  asked.append(...attachments.map(drawAttachment));
  const drawn = drawAnswer(answer, drawing, (choice) => post({ type: 'choose', turnId: id, choice }));
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
