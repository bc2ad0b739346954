import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

export function inRepository(...parts: readonly string[]): string {
  return join(root, ...parts);
}
