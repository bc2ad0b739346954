import * as l10n from '@vscode/l10n';
import type { HiddenCharacter } from '../../../core/privacy/hidden-characters/hidden-character-names';
import { element } from '../../ui/dom';
import { runInTimeSlices } from '../../rendering/scheduler';
import { partsOfCode } from './code-lines';
import {
  loadDetector,
  mayContainHiddenCharacters,
  type HiddenCharacterDetector,
} from './hidden-character-guard';
import { keepSelection } from '../../ui/selection';

/** A mark on adjacent hidden characters. A hidden message of thousands of characters is one mark. */
interface Mark {
  /** The offset in the part of the code. */
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly title: string;
  /** Whether the characters are invisible, so that their code point is shown. */
  readonly invisible: boolean;
}

/** Maximum number of marks in a code block, because an answer may consist of hidden characters only. */
const MAX_MARKS = 5000;
/** Maximum number of characters that a tooltip names. */
const MAX_NAMES_IN_TOOLTIP = 5;

const marksOf = new WeakMap<Element, readonly Mark[]>();

/**
 * Marks the hidden characters of code as the Unicode highlighting of VS Code does: with a border and a tooltip, and
 * invisible ones with their code point. The text of the code does not change.
 *
 * @param report called once with all hidden characters, if there are any
 */
export function markHiddenCharacters(
  code: HTMLElement,
  report: (found: readonly HiddenCharacter[], detector: HiddenCharacterDetector) => void = () => undefined,
): void {
  const text = code.textContent;
  if (!mayContainHiddenCharacters(text)) return;
  // Without the detector there are no marks. The host still names hidden characters before they are copied.
  loadDetector().then((detector) => mark(code, text, detector, report), ignoreFailure);
}

function ignoreFailure(): void {
  // The detector is a file of the extension, which is missing only while the extension is being removed.
}

function mark(
  code: HTMLElement,
  text: string,
  detector: HiddenCharacterDetector,
  report: (found: readonly HiddenCharacter[], detector: HiddenCharacterDetector) => void,
): void {
  const all: HiddenCharacter[] = [];
  const parts = partsOfCode(code).values();
  let [start, marks] = [0, 0];
  runInTimeSlices(() => {
    const { value: part, done } = parts.next();
    if (done) {
      if (all.length > 0) report(all, detector);
      return false;
    }
    const end = start + part.textContent.length;
    const found = detector.findHiddenCharacters(text, start, end);
    const rendered = marks < MAX_MARKS ? marksFor(found, start, detector) : [];
    marks += rendered.length;
    setMarks(part, rendered);
    for (const each of found) all.push(each);
    start = end;
    return true;
  });
}

/** Marks text that was added to code, line by line, because code can be read and copied before it is complete. */
export function markGrowingCode(code: HTMLElement, added: string): void {
  if (!added.includes('\n')) return;
  // The last lines are in the last two parts.
  const parts = [...code.children].slice(-2) as HTMLElement[];
  const texts = parts.map((part) => part.textContent);
  const text = texts.join('');
  if (!mayContainHiddenCharacters(text)) return;
  loadDetector().then((detector) => {
    let start = 0;
    parts.forEach((part, index) => {
      const end = start + (texts[index]?.length ?? 0);
      setMarks(part, marksFor(detector.findHiddenCharacters(text, start, end), start, detector));
      start = end;
    });
  }, ignoreFailure);
}

/** Adds the marks of a part again after its nodes were replaced. */
export function restoreMarks(part: HTMLElement): void {
  const marks = marksOf.get(part) ?? [];
  if (marks.length > 0) renderMarks(part, marks);
}

function setMarks(part: HTMLElement, marks: readonly Mark[]): void {
  const before = marksOf.get(part) ?? [];
  if (marks.length === 0 && before.length === 0) return;
  marksOf.set(part, marks);
  keepSelection(part, () => {
    for (const old of part.querySelectorAll('.hidden-character')) old.replaceWith(...old.childNodes);
    part.normalize();
    renderMarks(part, marks);
  });
}

function marksFor(
  found: readonly HiddenCharacter[],
  start: number,
  detector: HiddenCharacterDetector,
): readonly Mark[] {
  const runs: HiddenCharacter[][] = [];
  for (const each of found) {
    const last = runs.at(-1)?.at(-1);
    const goesOn = last && last.index + last.length === each.index && isInvisible(last) && isInvisible(each);
    if (goesOn) runs.at(-1)?.push(each);
    else runs.push([each]);
  }
  return runs.map((run) => markOf(run, start, detector));
}

function markOf(run: readonly HiddenCharacter[], start: number, detector: HiddenCharacterDetector): Mark {
  const [first, last] = [run[0], run.at(-1)];
  if (!first || !last) throw new Error('A run has at least one character.');
  const label = detector.codePointLabel(first.codePoint);
  return {
    start: first.index - start,
    end: last.index + last.length - start,
    label: run.length > 1 ? `${label} +${run.length - 1}` : label,
    title: describeCharacters(run, detector),
    invisible: isInvisible(first),
  };
}

/** Look-alike letters and spaces are visible, so they need only a border. */
function isInvisible({ kind }: HiddenCharacter): boolean {
  return kind !== 'look-alike';
}

/** The names of hidden characters, such as "U+202E Right-to-Left Override", without repetitions. */
export function describeCharacters(
  found: readonly HiddenCharacter[],
  detector: HiddenCharacterDetector,
): string {
  const names = new Map<number, string>();
  for (const each of found) {
    if (names.size > MAX_NAMES_IN_TOOLTIP) break;
    if (!names.has(each.codePoint)) names.set(each.codePoint, nameOf(each, detector));
  }
  const lines = [...names.values()];
  return lines.length > MAX_NAMES_IN_TOOLTIP
    ? [...lines.slice(0, MAX_NAMES_IN_TOOLTIP), '…'].join('\n')
    : lines.join('\n');
}

function nameOf(found: HiddenCharacter, detector: HiddenCharacterDetector): string {
  const name = `${detector.codePointLabel(found.codePoint)} ${detector.characterName(found)}`;
  return found.kind === 'look-alike' && found.replacement !== undefined
    ? l10n.t('{0}, looks like "{1}"', name, found.replacement)
    : name;
}

/** Wraps the characters of each mark in an element, without changing the text. Marks are in the order of the text. */
function renderMarks(part: HTMLElement, marks: readonly Mark[]): void {
  const texts: Text[] = [];
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) texts.push(node as Text);
  let at = 0;
  let next = 0;
  for (const text of texts) {
    let rest = text;
    const end = at + text.length;
    for (let mark = marks[next]; mark && mark.start < end; mark = marks[next]) {
      const hidden = mark.start > at ? rest.splitText(mark.start - at) : rest;
      at = Math.max(at, mark.start);
      const stop = Math.min(mark.end, end);
      rest = stop < end ? hidden.splitText(stop - at) : hidden;
      hidden.replaceWith(markElement(mark, hidden.data));
      at = stop;
      // The rest of the mark is in the following nodes.
      if (mark.end > end) break;
      next++;
    }
    at = end;
  }
}

function markElement({ label, title, invisible }: Mark, text: string): HTMLElement {
  const name = title.replaceAll('\n', ', ');
  return element(
    'span',
    {
      class: 'hidden-character',
      role: 'img',
      'aria-label': invisible ? l10n.t('Hidden character: {0}', name) : `${text}: ${name}`,
      title,
      ...(invisible && { 'data-label': label }),
    },
    text,
  );
}
