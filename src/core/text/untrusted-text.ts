/** An untrusted text or a number that is put into a localized message. */
export type MessageValue = string | number;

/** Longest value in a message, in UTF-16 units, so that the rest of the message remains visible. */
const MAX_VALUE_LENGTH = 240;

/**
 * Puts untrusted values into the placeholders `{0}`, `{1}` … of a message.
 *
 * @param template a localized text, called without arguments: `l10n.t('{0} cannot be opened.')`
 * @returns a text in which no value, nor several of them together, is a link or an icon of VS Code
 */
export function formatMessage(template: string, values: readonly MessageValue[]): string {
  const text = template.replace(/\{(\d+)\}/g, (placeholder, index: string) => {
    const value = values[Number(index)];
    return value === undefined ? placeholder : sanitizeLine(String(value));
  });
  return breakLinksAndIcons(text);
}

/**
 * An untrusted value that VS Code can show safely: one line of at most `maxLength` UTF-16 units, shortened in the
 * middle, with visible hidden characters and without links or icons.
 */
export function sanitizeLine(value: string, maxLength = MAX_VALUE_LENGTH): string {
  // Shortened before the other steps, as a value may have megabytes.
  const line = withVisibleCharacters(cutInMiddle(value, 4 * maxLength))
    .replace(/\s+/gu, ' ')
    .trim();
  return cutInMiddle(breakLinksAndIcons(line), maxLength);
}

/** The same for a text of several lines, which is shortened at its end. */
export function sanitizeLines(text: string, maxLength: number): string {
  const lines = text.slice(0, 2 * maxLength).split(/\r\n|[\n\r]/);
  const shown = breakLinksAndIcons(lines.map(withVisibleCharacters).join('\n'));
  return shown.length <= maxLength ? shown : `${wellFormedEnds(shown.slice(0, maxLength - 1))}…`;
}

/**
 * VS Code renders `[text](command:…)` in a notification as a link that runs the command, and `$(name)` in many labels
 * as an icon. A space between the two characters prevents both.
 *
 * Source: `linkedText.ts` and `iconLabels.ts` of VS Code.
 */
function breakLinksAndIcons(text: string): string {
  return text.replace(/[\]$](?=\()/g, '$& ');
}

/** Characters that are invisible or change the order of others. */
const HIDDEN_CHARACTERS = /[\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;

/** Joiners and emoji variation selectors are invisible, but words of many languages need them. */
const JOINERS: ReadonlySet<string> = new Set(['\u200c', '\u200d', '\ufe0e', '\ufe0f']);

/** More marks on one letter than any script uses; they would overlap the lines around it. */
const STACKED_MARKS = /(\p{M}{8})\p{M}+/gu;

function withVisibleCharacters(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(HIDDEN_CHARACTERS, (character) =>
      JOINERS.has(character) ? character : `<U+${codePointOf(character)}>`,
    )
    .replace(STACKED_MARKS, '$1');
}

function codePointOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}

/** Shortens a text in the middle, because the end of a path or an error is as important as its beginning. */
function cutInMiddle(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const head = Math.ceil((maxLength - 1) / 2);
  const tail = maxLength - 1 - head;
  return `${wellFormedEnds(text.slice(0, head))}…${wellFormedEnds(text.slice(text.length - tail))}`;
}

/** Removes the halves of surrogate pairs that shortening has left. */
function wellFormedEnds(text: string): string {
  return text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
}
