/** A foreign text or a number that stands in one of our sentences. */
export type MessageValue = string | number;

/** Longest foreign value in a sentence of ours, in UTF-16 units: what to do must still fit behind it. */
const MAX_VALUE_LENGTH = 240;

/**
 * Puts foreign values into the places `{0}`, `{1}` … of a text of ours.
 *
 * @param template a localized text, called without arguments: `l10n.t('{0} cannot be opened.')`
 * @returns a text in which no value, nor several of them together, is a link or an icon of VS Code
 */
export function formatMessage(template: string, values: readonly MessageValue[]): string {
  const text = template.replace(/\{(\d+)\}/g, (place, index: string) => {
    const value = values[Number(index)];
    return value === undefined ? place : escapeValue(String(value));
  });
  return withoutSyntax(text);
}

/**
 * A foreign value as VS Code can show it: one line of at most `maxLength` UTF-16 units, cut in the middle, in which
 * hidden characters can be seen and nothing is a link or an icon.
 */
export function escapeValue(value: string, maxLength = MAX_VALUE_LENGTH): string {
  // The first cut bounds the work: a value may have megabytes.
  const line = withVisibleCharacters(cutInMiddle(value, 4 * maxLength))
    .replace(/\s+/gu, ' ')
    .trim();
  return cutInMiddle(withoutSyntax(line), maxLength);
}

/** The same for a whole text, whose line breaks stay and which is cut at its end. */
export function escapeText(text: string, maxLength: number): string {
  const lines = text.slice(0, 2 * maxLength).split(/\r\n|[\n\r]/);
  const shown = withoutSyntax(lines.map(withVisibleCharacters).join('\n'));
  return shown.length <= maxLength ? shown : `${wellFormedEnds(shown.slice(0, maxLength - 1))}…`;
}

/**
 * VS Code draws `[words](command:…)` in a notification as a link that runs the command, and `$(name)` in many labels
 * as an icon. Both need their two characters side by side.
 *
 * Source: `linkedText.ts` and `iconLabels.ts` of VS Code.
 */
function withoutSyntax(text: string): string {
  return text.replace(/[\]$](?=\()/g, '$& ');
}

/** Characters that cannot be seen, or that turn the order of others. */
const HIDDEN_CHARACTERS = /[\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;

/** Joiners and variants of emoji are hidden, but belong to words of many languages. */
const JOINERS: ReadonlySet<string> = new Set(['\u200c', '\u200d', '\ufe0e', '\ufe0f']);

/** More marks on one letter than any script writes: they would paint over the lines around it. */
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

/** Paths and errors say as much at their end as at their beginning. */
function cutInMiddle(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const head = Math.ceil((maxLength - 1) / 2);
  const tail = maxLength - 1 - head;
  return `${wellFormedEnds(text.slice(0, head))}…${wellFormedEnds(text.slice(text.length - tail))}`;
}

/** Without the halves of characters that a cut has left. */
function wellFormedEnds(text: string): string {
  return text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
}
