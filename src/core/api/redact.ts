/** Characters of a server's own words that are kept: a proxy's page is no message. */
const longestWords = 500;

/**
 * What a server said, fit to be shown, logged and stored: the key that servers like to quote struck out in
 * any of its spellings, and only then cut, as a part of a key is still a secret.
 */
export function presentable<T extends object>(said: T, key: string | undefined): T {
  const fields = Object.entries(said).map(([name, value]: [string, unknown]): [string, unknown] => [
    name,
    typeof value === 'string' ? shorten(strike(value, key)) : value,
  ]);
  return Object.fromEntries(fields) as T;
}

function strike(text: string, key: string | undefined): string {
  if (!key) return text;
  const spellings = [key, btoa(key), btoa(`Bearer ${key}`), encodeURIComponent(key)];
  return spellings.reduce((rest, spelling) => rest.replaceAll(spelling, '[key]'), text);
}

function shorten(text: string): string {
  return text.length > longestWords ? `${text.slice(0, longestWords)}…` : text;
}
