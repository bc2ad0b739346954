/**
 * The secrets of one chat that the user has replaced, each with its placeholder. They are kept only in memory: after
 * a reload, placeholders are no longer restored.
 */
export interface SecretPlaceholders {
  readonly isEmpty: boolean;
  /**
   * Assigns a placeholder to each value that has none.
   *
   * @param taken all texts of the request: a placeholder that already occurs in them is not assigned
   */
  readonly add: (values: readonly string[], taken: readonly string[]) => void;
  readonly has: (value: string) => boolean;
  /** A copy with the same placeholders, which can be extended independently. */
  readonly copy: () => SecretPlaceholders;
  /** The text with the secrets replaced by placeholders. */
  readonly hide: (text: string) => string;
  /**
   * The text with the placeholders replaced by secrets.
   *
   * @param from where to begin; the text before is not returned, but determines the first word boundary
   * @param to where to end
   */
  readonly restore: (text: string, from?: number, to?: number) => string;
  /** The length of a growing text that can be restored: its end may be the beginning of a placeholder. */
  readonly settledLength: (text: string) => number;
}

/** Models repeat a word of this form unchanged. In Markdown they may escape the underscore. */
const PLACEHOLDER = /(?<![A-Za-z0-9_])SECRET\\?_(\d{1,6})(?![A-Za-z0-9_])/g;

/** The end of a text that may become a placeholder, or a longer word, with the next characters. */
const UNSETTLED_END = /(?<![A-Za-z0-9_])S(?:E(?:C(?:R(?:E(?:T(?:\\?(?:_\d{0,6})?)?)?)?)?)?)?$/;

/** Length of the longest placeholder and the character before it. */
const MAX_PLACEHOLDER_LENGTH = 'SECRET\\_'.length + 6 + 1;

export function createSecretPlaceholders(known: ReadonlyMap<string, number> = new Map()): SecretPlaceholders {
  const numbers = new Map(known);
  const values = new Map([...known].map(([value, number]) => [number, value]));
  let pattern = patternOf(numbers.keys());

  function add(added: readonly string[], taken: readonly string[]): void {
    const used = new Set(taken.flatMap((text) => [...text.matchAll(PLACEHOLDER)].map(([, n]) => Number(n))));
    let next = 1;
    for (const value of added) {
      if (numbers.has(value)) continue;
      while (used.has(next) || values.has(next)) next++;
      numbers.set(value, next);
      values.set(next, value);
    }
    pattern = patternOf(numbers.keys());
  }

  return {
    get isEmpty() {
      return numbers.size === 0;
    },
    add,
    has: (value) => numbers.has(value),
    copy: () => createSecretPlaceholders(numbers),
    hide: (text) => (pattern ? text.replace(pattern, (value) => `SECRET_${numbers.get(value)}`) : text),
    restore(text, from = 0, to = text.length) {
      if (numbers.size === 0) return text.slice(from, to);
      const shown = text.slice(0, to);
      let restored = '';
      let end = from;
      PLACEHOLDER.lastIndex = from;
      for (const match of shown.matchAll(PLACEHOLDER)) {
        const value = values.get(Number(match[1]));
        if (value === undefined) continue;
        restored += shown.slice(end, match.index) + value;
        end = match.index + match[0].length;
      }
      PLACEHOLDER.lastIndex = 0;
      return restored + shown.slice(end);
    },
    settledLength(text) {
      if (numbers.size === 0) return text.length;
      const end = text.slice(-MAX_PLACEHOLDER_LENGTH);
      return text.length - (UNSETTLED_END.exec(end)?.[0].length ?? 0);
    },
  };
}

/** The URL with placeholders: a URL in an answer must not send a secret to another site. */
export function hideInAddress(address: string, placeholders: Pick<SecretPlaceholders, 'hide'>): string {
  const hidden = placeholders.hide(address);
  const plain = decode(hidden);
  const hiddenPlain = placeholders.hide(plain);
  return hiddenPlain === plain ? hidden : hiddenPlain;
}

function decode(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** Matches any of the values; undefined if there are none. */
function patternOf(values: Iterable<string>): RegExp | undefined {
  // A secret that is part of another one must not match first.
  const longestFirst = [...values].sort((one, other) => other.length - one.length);
  return longestFirst.length > 0 ? new RegExp(longestFirst.map(escaped).join('|'), 'g') : undefined;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** The placeholders of the chats of a window, by chat ID. */
export interface ChatPlaceholders {
  of(chat: string): SecretPlaceholders;
  /** Gives a copy of a chat the placeholders of the chat, which can be extended independently. */
  copy(from: string, to: string): void;
  /** The text without the secrets of any of the chats. */
  readonly hide: (text: string) => string;
}

export function createChatPlaceholders(): ChatPlaceholders {
  const tables = new Map<string, SecretPlaceholders>();
  return {
    of(chat) {
      const table = tables.get(chat) ?? createSecretPlaceholders();
      tables.set(chat, table);
      return table;
    },
    copy(from, to) {
      const table = tables.get(from);
      if (table) tables.set(to, table.copy());
    },
    hide: (text) => [...tables.values()].reduce((hidden, table) => table.hide(hidden), text),
  };
}
