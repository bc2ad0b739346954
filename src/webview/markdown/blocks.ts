import { element as create } from '../ui/dom';
import { createChunks, type Chunk } from '../rendering/chunks';
import { defer, settle } from '../rendering/deferred';
import { runInTimeSlices } from '../rendering/scheduler';
import type { BlockChange, BlockState, BlockUpdate } from './block-reader';
import { drawCodeBlocks } from './code/code-blocks';
import { addCode, codeLines } from './code/code-lines';
import { equationsIn, numberEquations } from './math/equation-numbers';
import { unescapeHtml } from './parser';
import { sanitize } from './sanitize';
import { linkFiles } from './file-links';
import { drawFormulas } from './math/formulas';
import { markGrowingCode, markHiddenCharacters } from './code/hidden-character-marks';
import { isAlike, keepFormulas, morph } from './morph';

/** The blocks of a text on the page. */
export interface Blocks {
  /** Blocks that are drawn when near are their bare text until they are near to what is seen. */
  draw(update: BlockUpdate, when: 'now' | 'near'): void;
}

interface Block {
  readonly html: string;
  readonly state: BlockState;
  /** The code that was added to it if it is a fence. */
  readonly code: string;
  /** How many numbers its equations have. */
  readonly equations: number;
  /** None until it is drawn. */
  readonly element?: HTMLElement;
}

/** One part of the page: nothing is laid out of those that are not seen. */
interface Group {
  readonly element: HTMLElement;
  readonly chunk: Chunk;
  drawn: boolean;
}

/** Blocks of a group. */
const together = 8;
/** Characters of HTML above which a block is a part of the page itself. */
const long = 8000;
/** Characters of a block that stand for it until it is drawn. */
const standIn = 4000;

export function createBlocks(root: HTMLElement): Blocks {
  const blocks: Block[] = [];
  const groups: Group[] = [];
  const chunks = createChunks(root);
  /** Begins to look for what was left. Not before the end is reached: all of it would be near for a moment. */
  const left: (() => void)[] = [];

  function change(next: BlockChange, when: 'now' | 'near'): void {
    const { index, state } = next;
    const old = blocks[index];
    const group = groupOf(index, when);
    if (next.type === 'code') {
      if (old) blocks[index] = { ...old, state, code: old.code + next.text };
      if (old?.element) addToFence(old.element, next.text, state);
    } else if (old?.code !== '' || old.html !== next.html || old.state !== state) {
      const element = group.drawn ? drawBlock(old, next.html, state) : undefined;
      if (element && element !== old?.element) place(group, old, element);
      blocks[index] = blockOf(next.html, state, element);
      numberBlock(blocks, index);
    }
  }

  function groupOf(index: number, when: 'now' | 'near'): Group {
    const at = Math.floor(index / together);
    const there = groups[at];
    if (there) return there;
    const group = createGroup(chunks.at('end'), when === 'now');
    groups[at] = group;
    const before = groups[at - 1];
    // It is whole now.
    if (before?.drawn === false) leave(before, at - 1);
    return group;
  }

  function leave(group: Group, at: number): void {
    const draw = (): false => drawGroup(group, at);
    showBareText(group.element, () => membersOf(blocks, at), draw);
    left.push(() => group.chunk.onApproachViewport(group.element, () => runInTimeSlices(draw)));
  }

  /** Leaves nothing more to be done. */
  function drawGroup(group: Group, at: number): false {
    if (group.drawn) return false;
    group.drawn = true;
    settle(group.element);
    group.element.replaceChildren();
    membersOf(blocks, at).forEach((block, offset) => {
      const element = drawWhole(block);
      group.element.append(element);
      blocks[at * together + offset] = { ...block, element };
      numberBlock(blocks, at * together + offset);
    });
    return false;
  }

  return {
    draw({ changes, count }, when) {
      for (const next of changes) change(next, when);
      for (const { element } of blocks.splice(count)) element?.remove();
      for (const { element } of groups.splice(Math.ceil(count / together))) element.remove();
      chunks.removeEmpty();
      if (when === 'near') return;
      const last = groups.at(-1);
      if (last) drawGroup(last, groups.length - 1);
      for (const look of left.splice(0)) look();
    },
  };
}

function membersOf(blocks: readonly Block[], at: number): readonly Block[] {
  return blocks.slice(at * together, (at + 1) * together);
}

function drawWhole({ html, code, state }: Block): HTMLElement {
  const element = drawBlock(undefined, html, code === '' ? state : 'open');
  if (code !== '') addToFence(element, code, state);
  return element;
}

function createGroup(chunk: Chunk, drawn: boolean): Group {
  const element = create('div', { class: 'blocks' });
  chunk.element.append(element);
  return { element, chunk, drawn };
}

function blockOf(html: string, state: BlockState, element: HTMLElement | undefined): Block {
  return { html, state, code: '', equations: equationsIn(html), ...(element && { element }) };
}

function numberBlock(blocks: readonly Block[], index: number): void {
  const { element, equations = 0 } = blocks[index] ?? {};
  if (!element || equations === 0) return;
  numberEquations(
    element,
    blocks.slice(0, index).reduce((sum, before) => sum + before.equations, 0),
  );
}

function place(group: Group, old: Block | undefined, element: HTMLElement): void {
  if (old?.element) old.element.replaceWith(element);
  else group.element.append(element);
}

/** The element of a block: the one it had where that can go on. */
function drawBlock(old: Block | undefined, html: string, state: BlockState): HTMLElement {
  const goesOn = old?.state === 'open' ? old.element : undefined;
  if (goesOn && old?.html === html && old.code === '') return completed(goesOn, state);
  const fragment = sanitize(html);
  const { firstElementChild: first } = fragment;
  const next = first instanceof HTMLElement ? first : create('p');
  // Laid out by itself, as if it were a group.
  for (const each of [goesOn, next]) each?.classList.toggle('long', html.length > long);
  const alike = goesOn && isAlike(goesOn, next);
  keepFormulas(alike ? goesOn : undefined, fragment);
  const codes = fragment.querySelectorAll<HTMLElement>('pre > code');
  for (const code of codes) codeLines(code);
  drawFormulas(fragment);
  if (alike) morph(goesOn, next);
  const element = alike ? goesOn : next;
  if (state === 'open' && codes.length > 0) markCode(element);
  return completed(element, state);
}

/** Of code in a list or a quotation, which is drawn anew with all that comes. */
function markCode(block: HTMLElement): void {
  for (const code of block.querySelectorAll<HTMLElement>('pre > code')) markHiddenCharacters(code);
}

function addToFence(block: HTMLElement, text: string, state: BlockState): void {
  const code = block.querySelector('code');
  if (code) {
    addCode(code, text);
    if (state === 'open') markGrowingCode(code, text);
  }
  completed(block, state);
}

/** Code gets its colours and buttons when it is whole; half of it is of no use to anyone. */
function completed(block: HTMLElement, state: BlockState): HTMLElement {
  if (state !== 'closed') return block;
  drawCodeBlocks(block);
  linkFiles(block);
  return block;
}

/** Until a group is drawn, a part of its text stands for it. */
function showBareText(element: HTMLElement, blocks: () => readonly Block[], draw: () => unknown): void {
  const text = (length?: number): string =>
    blocks()
      .map((block) => bareText(block, length))
      .join('\n');
  element.textContent = text(standIn);
  defer(element, { text, draw: () => void draw() });
}

function bareText({ html, code }: Block, length = Infinity): string {
  const text = html.slice(0, length).replace(/<[^>]*>/g, '');
  return unescapeHtml(text) + code.slice(0, length);
}
