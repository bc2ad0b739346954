import { statSync } from 'node:fs';
import { inRepository } from '../support/paths';
import { panelScriptLimits, panelScripts } from '../support/panel-scripts';
import { lineOf, type BenchLine } from './line';

/** Limits of the code that VS Code loads, in KB. The web extension has all of it in one file. */
const codeGoals = { activation: 20, chat: 200, web: 450 };

/** The web extension is beyond its goal, and must not grow further. */
const codeLimits = { ...codeGoals, web: 460 };

export function benchSizes(): readonly BenchLine[] {
  const { first, all } = panelScripts();
  return [
    sizeLine(
      'P7',
      'Scripts of the panel for its start and first question, gzip',
      first,
      panelScriptLimits.first,
    ),
    sizeLine('P7', 'All scripts of the panel, gzip', all, panelScriptLimits.all),
    sizeLine(
      'P7b',
      'Code at activation',
      sizeOf('dist/extension.js'),
      codeGoals.activation,
      codeLimits.activation,
    ),
    sizeLine(
      'P7b',
      'Code of the chat, loaded on first use',
      sizeOf('dist/chat.js'),
      codeGoals.chat,
      codeLimits.chat,
    ),
    sizeLine(
      'P7b',
      'Web extension, complete',
      sizeOf('dist/extension.web.js'),
      codeGoals.web,
      codeLimits.web,
    ),
  ];
}

function sizeOf(file: string): number {
  return statSync(inRepository(file)).size;
}

function sizeLine(id: BenchLine['id'], label: string, bytes: number, goal: number, limit = goal): BenchLine {
  return lineOf(id, label, bytes / 1024, { goal, limit, unit: ' KB', digits: 1 });
}
