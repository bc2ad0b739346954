import { element as create } from '../ui/dom';
import { createRenderChunks, type RenderChunk } from '../rendering/render-chunks';
import { defer, markRendered } from '../rendering/deferred';
import { runInTimeSlices } from '../rendering/scheduler';
import type { BlockChange, BlockState, BlockUpdate } from './block-reader';
import { renderCodeBlocks, type AvailableActions } from './code/code-blocks';
import { addCode, partsOfCode } from './code/code-lines';
import { countEquationsInHtml, numberEquations } from './math/equation-numbers';
import { unescapeHtml } from './parser';
import { sanitize } from './sanitize';
import { linkFiles } from './file-links';
import { renderFormulas } from './math/formulas';
import { markGrowingCode, markHiddenCharacters } from './code/hidden-character-marks';
import { isAlike, reuseFormulas, morph } from './morph';
import { keepSelection } from '../ui/selection';

/** The elements of the blocks of a text. */
export interface Blocks {
  /** Applies an update. `onApproach`: new blocks are shown as plain text until they approach the viewport. */
  render(update: BlockUpdate, when: 'now' | 'onApproach'): void;
}

interface Block {
  readonly html: string;
  readonly state: BlockState;
  /** The code that was added to the block; empty if it is not a fence. */
  readonly code: string;
  /** Number of numbered equations in it. */
  readonly equations: number;
  /** Undefined until it is rendered. */
  readonly element?: HTMLElement;
}

/** A group of blocks. Groups outside of the viewport are not laid out. */
interface Group {
  readonly element: HTMLElement;
  readonly chunk: RenderChunk;
  rendered: boolean;
}

/** Number of blocks in a group. */
const BLOCKS_PER_GROUP = 8;
/** A block with more HTML than this is skipped by the layout on its own, in characters. */
const LARGE_BLOCK_LENGTH = 8000;
/** Length of the text that is shown for a block until it is rendered, in characters. */
const PLACEHOLDER_LENGTH = 4000;

export function createBlocks(root: HTMLElement, codeActions: AvailableActions): Blocks {
  const blocks: Block[] = [];
  const groups: Group[] = [];
  const chunks = createRenderChunks(root);
  /** Start observing deferred groups. Only after all blocks were added, because until then all are near the viewport. */
  const startObserving: (() => void)[] = [];

  function change(next: BlockChange, when: 'now' | 'onApproach'): void {
    const { index, state } = next;
    const old = blocks[index];
    const group = groupOf(index, when);
    if (next.type === 'code') {
      if (old) blocks[index] = { ...old, state, code: old.code + next.text };
      if (old?.element) addToFence(old.element, next.text, state, codeActions);
    } else if (old?.code !== '' || old.html !== next.html || old.state !== state) {
      const element = group.rendered ? renderBlock(old, next.html, state, codeActions) : undefined;
      if (element && element !== old?.element) insertElement(group, old, element);
      blocks[index] = blockOf(next.html, state, element);
      numberBlock(blocks, index);
    }
  }

  function groupOf(index: number, when: 'now' | 'onApproach'): Group {
    const at = Math.floor(index / BLOCKS_PER_GROUP);
    const existing = groups[at];
    if (existing) return existing;
    const group = createGroup(chunks.at('end'), when === 'now');
    groups[at] = group;
    const before = groups[at - 1];
    // The group before is complete now.
    if (before?.rendered === false) deferGroup(before, at - 1);
    return group;
  }

  function deferGroup(group: Group, at: number): void {
    const render = (): false => renderGroup(group, at);
    showPlaceholder(group.element, () => blocksOfGroup(blocks, at), render);
    startObserving.push(() => group.chunk.onApproachViewport(group.element, () => runInTimeSlices(render)));
  }

  /** Returns false, because there is nothing more to do. */
  function renderGroup(group: Group, at: number): false {
    if (group.rendered) return false;
    group.rendered = true;
    markRendered(group.element);
    group.element.replaceChildren();
    blocksOfGroup(blocks, at).forEach((block, offset) => {
      const element = renderComplete(block, codeActions);
      group.element.append(element);
      blocks[at * BLOCKS_PER_GROUP + offset] = { ...block, element };
      numberBlock(blocks, at * BLOCKS_PER_GROUP + offset);
    });
    return false;
  }

  return {
    render({ changes, count }, when) {
      for (const next of changes) change(next, when);
      for (const { element } of blocks.splice(count)) element?.remove();
      for (const { element } of groups.splice(Math.ceil(count / BLOCKS_PER_GROUP))) element.remove();
      chunks.removeEmpty();
      if (when === 'onApproach') return;
      const last = groups.at(-1);
      if (last) renderGroup(last, groups.length - 1);
      for (const start of startObserving.splice(0)) start();
    },
  };
}

function blocksOfGroup(blocks: readonly Block[], at: number): readonly Block[] {
  return blocks.slice(at * BLOCKS_PER_GROUP, (at + 1) * BLOCKS_PER_GROUP);
}

function renderComplete({ html, code, state }: Block, actions: AvailableActions): HTMLElement {
  const element = renderBlock(undefined, html, code === '' ? state : 'open', actions);
  if (code !== '') addToFence(element, code, state, actions);
  return element;
}

function createGroup(chunk: RenderChunk, rendered: boolean): Group {
  const element = create('div', { class: 'blocks' });
  chunk.element.append(element);
  return { element, chunk, rendered };
}

function blockOf(html: string, state: BlockState, element: HTMLElement | undefined): Block {
  return { html, state, code: '', equations: countEquationsInHtml(html), ...(element && { element }) };
}

function numberBlock(blocks: readonly Block[], index: number): void {
  const { element, equations = 0 } = blocks[index] ?? {};
  if (!element || equations === 0) return;
  numberEquations(
    element,
    blocks.slice(0, index).reduce((sum, before) => sum + before.equations, 0),
  );
}

function insertElement(group: Group, old: Block | undefined, element: HTMLElement): void {
  if (old?.element) old.element.replaceWith(element);
  else group.element.append(element);
}

/** Renders a block, into its existing element if that has the same kind. */
function renderBlock(
  old: Block | undefined,
  html: string,
  state: BlockState,
  actions: AvailableActions,
): HTMLElement {
  const existing = old?.state === 'open' ? old.element : undefined;
  if (existing && old?.html === html && old.code === '') return completed(existing, state, actions);
  const fragment = sanitize(html);
  const { firstElementChild: first } = fragment;
  const next = first instanceof HTMLElement ? first : create('p');
  for (const each of [existing, next])
    each?.classList.toggle('large-block', html.length > LARGE_BLOCK_LENGTH);
  const isReusable = existing && isAlike(existing, next);
  reuseFormulas(isReusable ? existing : undefined, fragment);
  const codes = fragment.querySelectorAll<HTMLElement>('pre > code');
  for (const code of codes) partsOfCode(code);
  renderFormulas(fragment);
  if (isReusable) morph(existing, next);
  const element = isReusable ? existing : replaceContent(old?.element, next);
  if (state === 'open' && codes.length > 0) markNestedCode(element);
  return completed(element, state, actions);
}

/** Puts the content of a block into the old element, where the selection is kept; returns the new one if there is none. */
function replaceContent(old: HTMLElement | undefined, next: HTMLElement): HTMLElement {
  if (!old || !isAlike(old, next)) return next;
  keepSelection(old, () => old.replaceChildren(...next.childNodes));
  return old;
}

/** Marks the code in a list or block quote, which is rendered again with each update. */
function markNestedCode(block: HTMLElement): void {
  for (const code of block.querySelectorAll<HTMLElement>('pre > code')) markHiddenCharacters(code);
}

function addToFence(block: HTMLElement, text: string, state: BlockState, actions: AvailableActions): void {
  const code = block.querySelector('code');
  if (code) {
    addCode(code, text);
    if (state === 'open') markGrowingCode(code, text);
  }
  completed(block, state, actions);
}

/** Adds what only complete blocks have: colors and buttons of code, and links to files. */
function completed(block: HTMLElement, state: BlockState, actions: AvailableActions): HTMLElement {
  if (state !== 'stable') return block;
  renderCodeBlocks(block, actions);
  linkFiles(block);
  return block;
}

/** Shows the beginning of the text of each block of a group until the group is rendered. */
function showPlaceholder(element: HTMLElement, blocks: () => readonly Block[], render: () => unknown): void {
  const text = (length?: number): string =>
    blocks()
      .map((block) => plainText(block, length))
      .join('\n');
  element.textContent = text(PLACEHOLDER_LENGTH);
  defer(element, { text, render: () => void render() });
}

function plainText({ html, code }: Block, length = Infinity): string {
  const text = html.slice(0, length).replace(/<[^>]*>/g, '');
  return unescapeHtml(text) + code.slice(0, length);
}
