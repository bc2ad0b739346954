import type { ChatError } from './errors';

/** Servers quote the key they refuse: the error with it, in any of its spellings, struck out. */
export function withoutKey(error: ChatError, key: string | undefined): ChatError {
  if (!key) return error;
  const spellings = [key, btoa(key), btoa(`Bearer ${key}`), encodeURIComponent(key)];
  const strike = (text: string): string =>
    spellings.reduce((rest, spelling) => rest.replaceAll(spelling, '[key]'), text);
  const struck = Object.entries(error).map(([name, value]: [string, unknown]): [string, unknown] => [
    name,
    typeof value === 'string' ? strike(value) : value,
  ]);
  return Object.fromEntries(struck) as unknown as ChatError;
}
