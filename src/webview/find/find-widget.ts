import { t } from '@vscode/l10n';
import { element, icon } from '../ui/dom';
import { formatCount } from '../ui/l10n';
import { isMac } from '../ui/platform';
import { createMatches, type Matches } from './find-matches';
import { errorIn, MAX_MATCHES, type FindQuery } from './find-query';
import { reportError } from '../ui/error-reporting';

/** The find widget of the conversation, modelled on the one of VS Code. */
export interface FindWidget {
  readonly element: HTMLElement;
  /** Shows and focuses the widget, and searches for the selected text if it is within a line. */
  open(): void;
  /** Goes to the next or the previous match. */
  step(by: 1 | -1): void;
  close(): void;
  readonly isOpen: boolean;
}

/** Delay after which all changes of the conversation since then are searched together. */
const REFRESH_DELAY_MS = 200;

/**
 * @param onMove called before the widget scrolls the conversation
 * @param onClose called when the widget loses the focus because it was closed
 */
export function createFindWidget(log: HTMLElement, onMove: () => void, onClose: () => void): FindWidget {
  const matches = createMatches(log);
  const { widget, input, options, count, previous, next, close, error } = createParts();
  let latest: Promise<void> | undefined;
  const watcher = watchTurns(log, (changed) => showAfter(matches.refresh(changed)));

  function query(): FindQuery {
    const isOn = (option: HTMLElement): boolean => option.ariaPressed === 'true';
    const { matchCase, wholeWord, regex } = options;
    const text = input.value;
    return { text, matchCase: isOn(matchCase), wholeWord: isOn(wholeWord), regex: isOn(regex) };
  }

  function search(): void {
    onMove();
    showAfter(matches.search(query()));
  }

  /** If a later search has replaced this one, this search ends first, and its result is not shown. */
  function showAfter(search: Promise<void>): void {
    latest = search;
    search.then(
      () => latest === search && show(),
      (reason: unknown) => reportError('Find', reason),
    );
  }

  function show(): void {
    count.textContent = countText(matches, input.value);
    widget.classList.toggle('no-results', input.value !== '' && matches.count === 0);
    previous.disabled = next.disabled = matches.count === 0;
    showError(matches.tookTooLong ? t('The search took too long.') : errorIn(query()));
  }

  function showError(text = ''): void {
    error.textContent = text;
    error.hidden = text === '';
    input.ariaInvalid = String(text !== '');
  }

  function step(by: 1 | -1): void {
    onMove();
    showAfter(matches.step(by));
  }

  function hide(): void {
    const hadFocus = widget.contains(document.activeElement);
    widget.hidden = true;
    watcher.stop();
    matches.clear();
    if (hadFocus) onClose();
  }

  input.addEventListener('input', search);
  for (const option of Object.values(options)) option.addEventListener('click', search);
  previous.addEventListener('click', () => step(-1));
  next.addEventListener('click', () => step(1));
  close.addEventListener('click', hide);
  widget.addEventListener('keydown', (event) => {
    const option = optionOf(event);
    if (event.key === 'Escape') hide();
    else if (event.key === 'Enter' && event.target === input) step(event.shiftKey ? -1 : 1);
    else if (option) options[option].click();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return {
    element: widget,
    get isOpen() {
      return !widget.hidden;
    },
    step,
    close: hide,
    open() {
      const selected = getSelection()?.toString() ?? '';
      if (selected !== '' && !selected.includes('\n') && selected.length < 200) input.value = selected;
      widget.hidden = false;
      watcher.start();
      input.focus();
      input.select();
      search();
    },
  };
}

/** The option that a key toggles, as in VS Code: Alt+C, or Option+Command+C on macOS. */
function optionOf({ code, altKey, ctrlKey, metaKey }: KeyboardEvent): Option | undefined {
  return altKey && !ctrlKey && metaKey === isMac ? optionsByKey[code] : undefined;
}

type Option = 'matchCase' | 'wholeWord' | 'regex';
const optionsByKey: Readonly<Record<string, Option>> = {
  KeyC: 'matchCase',
  KeyW: 'wholeWord',
  KeyR: 'regex',
};

function countText({ count, current, tookTooLong }: Matches, text: string): string {
  if (text === '' || tookTooLong) return '';
  if (count === 0) return t('No results');
  const all = count >= MAX_MATCHES ? `${formatCount(count)}+` : formatCount(count);
  return t('{0} of {1}', formatCount(current + 1), all);
}

function createParts() {
  const input = element('input', {
    type: 'text',
    'aria-label': t('Find'),
    'aria-describedby': 'find-error',
    placeholder: t('Find'),
    spellcheck: 'false',
  });
  const options = {
    matchCase: toggle('case-sensitive', t('Match Case')),
    wholeWord: toggle('whole-word', t('Match Whole Word')),
    regex: toggle('regex', t('Use Regular Expression')),
  };
  const count = element('span', { class: 'find-count', role: 'status', 'aria-label': t('Matches') });
  const previous = button('arrow-up', t('Previous Match'));
  const next = button('arrow-down', t('Next Match'));
  const close = button('close', t('Close'));
  const error = element('div', { id: 'find-error', class: 'find-error', role: 'alert', hidden: '' });
  const widget = element(
    'div',
    { class: 'find', role: 'search', 'aria-label': t('Find in conversation'), hidden: '' },
    element('div', { class: 'find-field' }, input, ...Object.values(options)),
    element('div', { class: 'find-actions' }, count, previous, next, close),
    error,
  );
  return { widget, input, options, count, previous, next, close, error } as const;
}

function button(name: string, label: string): HTMLButtonElement {
  return element(
    'button',
    { type: 'button', class: 'icon-button', title: label, 'aria-label': label },
    icon(name),
  );
}

/** A toggle button. Listeners that are added later find its new state. */
function toggle(name: string, label: string): HTMLButtonElement {
  const option = button(name, label);
  option.ariaPressed = 'false';
  option.addEventListener('click', () => (option.ariaPressed = String(option.ariaPressed !== 'true')));
  return option;
}

/** Calls back with the turns that have changed, at most once per `REFRESH_DELAY_MS`. */
function watchTurns(
  log: HTMLElement,
  onChange: (turns: ReadonlySet<Element>) => void,
): { start(): void; stop(): void } {
  let changed = new Set<Element>();
  let timer: number | undefined;
  const observer = new MutationObserver((records) => {
    for (const { target } of records) {
      const turn = (target instanceof Element ? target : target.parentElement)?.closest('.turn');
      if (turn) changed.add(turn);
    }
    timer ??= window.setTimeout(() => {
      timer = undefined;
      const turns = changed;
      changed = new Set();
      onChange(turns);
    }, REFRESH_DELAY_MS);
  });
  return {
    start: () => observer.observe(log, { childList: true, characterData: true, subtree: true }),
    stop() {
      observer.disconnect();
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
