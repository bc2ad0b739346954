import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

describe('docs/api.md', () => {
  it('contains the types of the API for other extensions as they are', () => {
    const file = readFileSync('src/host/extension-api/api.ts', 'utf8');
    const types = file.slice(file.indexOf('\n') + 1);
    assert.ok(types.includes('export interface ExtensionApi'));
    assert.ok(readFileSync('docs/api.md', 'utf8').includes(types));
  });
});
