const key = 'o1mini.tab';

/** A name that this browser tab keeps over reloads; undefined where pages may keep nothing. */
export function browserTab(): string | undefined {
  try {
    const name = sessionStorage.getItem(key) ?? crypto.randomUUID();
    sessionStorage.setItem(key, name);
    return name;
  } catch {
    return undefined;
  }
}
