import * as l10n from '@vscode/l10n';
import type { HiddenCharacter } from '../../../core/privacy/hidden-character';
import { element } from '../../ui/dom';
import { runInTimeSlices } from '../../rendering/scheduler';
import { codeLines } from './code-lines';
import { loadDetector, mayHide, type Detector } from './hidden-characters';
import { keepSelection } from '../../ui/selection';

/** Hidden characters side by side, which are one mark: a payload of thousands is one too. */
interface Mark {
  /** Where it begins in its part of the code. */
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly title: string;
  /** Whether nothing of it can be seen, so that its label has to be. */
  readonly invisible: boolean;
}

/** Marks of one block; an answer of nothing but hidden characters must not take the memory of a page. */
const MAX_MARKS = 5000;
/** Names in a tooltip. */
const MAX_NAMED = 5;

const marksOf = new WeakMap<Element, readonly Mark[]>();

/**
 * Marks the hidden characters of code as VS Code's Unicode highlighting does: with a border and a tooltip, and
 * invisible ones by their code point. The text of the code stays what it is.
 *
 * @param report is called once with all that was found, unless nothing was
 */
export function markHiddenCharacters(
  code: HTMLElement,
  report: (found: readonly HiddenCharacter[], detector: Detector) => void = () => undefined,
): void {
  const text = code.textContent;
  if (!mayHide(text)) return;
  // Without the detector there are no marks; the host names hidden characters all the same.
  loadDetector().then((detector) => mark(code, text, detector, report), ignoreFailure);
}

function ignoreFailure(): void {
  // The detector is a file beside this one: it is there unless the extension is being removed.
}

function mark(
  code: HTMLElement,
  text: string,
  detector: Detector,
  report: (found: readonly HiddenCharacter[], detector: Detector) => void,
): void {
  const all: HiddenCharacter[] = [];
  const parts = codeLines(code).values();
  let [start, marks] = [0, 0];
  runInTimeSlices(() => {
    const { value: part, done } = parts.next();
    if (done) {
      if (all.length > 0) report(all, detector);
      return false;
    }
    const end = start + part.textContent.length;
    const found = detector.findHiddenCharacters(text, start, end);
    const drawn = marks < MAX_MARKS ? marksFor(found, start, detector) : [];
    marks += drawn.length;
    setMarks(part, drawn);
    for (const each of found) all.push(each);
    start = end;
    return true;
  });
}

/** Marks what a text has just added to code, line by line: code can be read and copied before it ends. */
export function markGrowingCode(code: HTMLElement, added: string): void {
  if (!added.includes('\n')) return;
  // A line of code belongs to one part, or ends one.
  const parts = [...code.children].slice(-2) as HTMLElement[];
  const texts = parts.map((part) => part.textContent);
  const text = texts.join('');
  if (!mayHide(text)) return;
  loadDetector().then((detector) => {
    let start = 0;
    parts.forEach((part, index) => {
      const end = start + (texts[index]?.length ?? 0);
      setMarks(part, marksFor(detector.findHiddenCharacters(text, start, end), start, detector));
      start = end;
    });
  }, ignoreFailure);
}

/** Draws the marks of a part again whose nodes were replaced. */
export function redrawMarks(part: HTMLElement): void {
  const marks = marksOf.get(part) ?? [];
  if (marks.length > 0) drawMarks(part, marks);
}

function setMarks(part: HTMLElement, marks: readonly Mark[]): void {
  const before = marksOf.get(part) ?? [];
  if (marks.length === 0 && before.length === 0) return;
  marksOf.set(part, marks);
  keepSelection(part, () => {
    for (const old of part.querySelectorAll('.hidden-character')) old.replaceWith(...old.childNodes);
    part.normalize();
    drawMarks(part, marks);
  });
}

function marksFor(found: readonly HiddenCharacter[], start: number, detector: Detector): readonly Mark[] {
  const runs: HiddenCharacter[][] = [];
  for (const each of found) {
    const last = runs.at(-1)?.at(-1);
    const goesOn = last && last.index + last.length === each.index && isInvisible(last) && isInvisible(each);
    if (goesOn) runs.at(-1)?.push(each);
    else runs.push([each]);
  }
  return runs.map((run) => markOf(run, start, detector));
}

function markOf(run: readonly HiddenCharacter[], start: number, detector: Detector): Mark {
  const [first, last] = [run[0], run.at(-1)];
  if (!first || !last) throw new Error('A run has at least one character.');
  const label = detector.codePointLabel(first.codePoint);
  return {
    start: first.index - start,
    end: last.index + last.length - start,
    label: run.length > 1 ? `${label} +${run.length - 1}` : label,
    title: namesOf(run, detector),
    invisible: isInvisible(first),
  };
}

/** Letters and spaces keep their room; of anything else nothing is there to put a border around. */
function isInvisible({ kind }: HiddenCharacter): boolean {
  return kind !== 'look-alike';
}

/** The names of hidden characters, such as "U+202E Right-to-Left Override", each once. */
export function namesOf(found: readonly HiddenCharacter[], detector: Detector): string {
  const names = new Map<number, string>();
  for (const each of found) {
    if (names.size > MAX_NAMED) break;
    if (!names.has(each.codePoint)) names.set(each.codePoint, nameOf(each, detector));
  }
  const lines = [...names.values()];
  return lines.length > MAX_NAMED ? [...lines.slice(0, MAX_NAMED), '…'].join('\n') : lines.join('\n');
}

function nameOf(found: HiddenCharacter, detector: Detector): string {
  const name = `${detector.codePointLabel(found.codePoint)} ${detector.characterName(found)}`;
  return found.kind === 'look-alike' && found.replacement !== undefined
    ? l10n.t('{0}, looks like "{1}"', name, found.replacement)
    : name;
}

/** Wraps the characters where they stand: nothing of the text is changed. Marks come in the order of the text. */
function drawMarks(part: HTMLElement, marks: readonly Mark[]): void {
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
      // The rest of the mark is in the nodes behind this one.
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
