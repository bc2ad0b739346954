import type { Memento } from 'vscode';

/** Stores values as JSON, as VS Code does between two windows. */
export function memoryMemento(): Memento {
  const values = new Map<string, string>();
  return {
    keys: () => [...values.keys()],
    get: <T>(key: string, defaultValue?: T) => {
      const value = values.get(key);
      return value === undefined ? defaultValue : (JSON.parse(value) as T);
    },
    update: (key: string, value: unknown) => Promise.resolve(void values.set(key, JSON.stringify(value))),
  };
}
