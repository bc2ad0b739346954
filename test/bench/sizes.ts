import { statSync } from 'node:fs';
import { inRepository } from '../support/paths';
import { panelScriptLimits, panelScripts } from '../support/panel-scripts';
import { webExtensionLimits, webExtensionScripts } from '../support/web-extension-scripts';
import { lineOf, type BenchLine } from './line';

/** Goals for the code that VS Code loads, in KB: at activation, on first use of the chat, and with what is rarely used. */
const codeGoals = { activation: 20, chat: 200, all: 450 };
/** Goal for all compressed scripts of the panel, in KB. */
const PANEL_GOAL = 220;

export function benchSizes(): readonly BenchLine[] {
  const { first, all } = panelScripts();
  const web = webExtensionScripts();
  return [
    sizeLine(
      'P7',
      'Scripts of the panel for its start and first question, gzip',
      first,
      panelScriptLimits.first,
    ),
    sizeLine('P7', 'All scripts of the panel, gzip', all, PANEL_GOAL, panelScriptLimits.all),
    sizeLine('P7b', 'Code at activation', sizeOf('dist/extension.js'), codeGoals.activation),
    sizeLine('P7b', 'Code of the chat, loaded on first use', sizeOf('dist/chat.js'), codeGoals.chat),
    sizeLine('P7b', 'Web extension: code at activation', web.activation, codeGoals.activation),
    sizeLine('P7b', 'Web extension: code of the chat, loaded on first use', web.chat, codeGoals.chat),
    // Beyond its goal, and must not grow further.
    sizeLine(
      'P7b',
      'Web extension, complete, with what is rarely used',
      web.all,
      codeGoals.all,
      webExtensionLimits.all,
    ),
  ];
}

function sizeOf(file: string): number {
  return statSync(inRepository(file)).size;
}

function sizeLine(id: BenchLine['id'], label: string, bytes: number, goal: number, limit = goal): BenchLine {
  return lineOf(id, label, bytes / 1024, { goal, limit, unit: ' KB', digits: 1 });
}
