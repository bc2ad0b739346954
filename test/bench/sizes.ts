import { statSync } from 'node:fs';
import { inRepository } from '../support/paths';
import { panelScriptLimits, panelScripts } from '../support/panel-scripts';
import { lineOf, type BenchLine } from './line';

/** Kilobytes of code that VS Code loads; a browser has all of it in one file. */
const codeLimits = { activation: 20, chat: 180, web: 450 };

export function benchSizes(): readonly BenchLine[] {
  const { first, all } = panelScripts();
  return [
    sizeLine(
      'P7',
      'Scripts of the chat page for first paint and question, gzip',
      first,
      panelScriptLimits.first,
    ),
    sizeLine('P7', 'All scripts of the chat page, gzip', all, panelScriptLimits.all),
    sizeLine('P7b', 'Code at activation', sizeOf('dist/extension.js'), codeLimits.activation),
    sizeLine('P7b', 'Code of the chat on first use', sizeOf('dist/chat.js'), codeLimits.chat),
    sizeLine('P7b', 'Web extension, whole', sizeOf('dist/extension.web.js'), codeLimits.web),
  ];
}

function sizeOf(file: string): number {
  return statSync(inRepository(file)).size;
}

function sizeLine(id: BenchLine['id'], what: string, bytes: number, limit: number): BenchLine {
  return lineOf(id, what, bytes / 1024, { goal: limit, limit, unit: ' KB', digits: 1 });
}
