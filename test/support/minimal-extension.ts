import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes an extension with this ID and script into a folder. */
export function writeMinimalExtension(
  folder: string,
  id: string,
  script: string,
  contribution: object,
): void {
  const [publisher, name] = id.split('.');
  const manifest = {
    publisher,
    name,
    version: '0.0.1',
    engines: { vscode: '^1.90.0' },
    main: './main.js',
    ...contribution,
  };
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'main.js'), script);
}
