import { statSync } from 'node:fs';
import { panelScriptLimits, panelScripts } from '../support/panel-scripts';
import { inRepository } from '../support/paths';
import { benchActivation } from './activation';
import { benchDrawing } from './drawing';
import { benchFreeze } from './freeze';
import { benchHistory } from './history';
import type { BenchLine } from './line';
import { benchMemory } from './memory';
import { benchSlowMarkdown } from './slow-markdown';
import { benchOpening } from './opening';
import { benchStream } from './stream';
import { benchTenStreams } from './ten-streams';
import { benchTokens } from './tokens';
import { benchWindow } from './window';

/** Kilobytes of code that VS Code loads; a browser has all of it in one file. */
const codeLimits = { activation: 20, chat: 100, web: 200 };

function benchSizes(): readonly BenchLine[] {
  return [
    sizeLine('Code at activation', 'dist/extension.js', codeLimits.activation),
    sizeLine('Code of the chat, when it is first used', 'dist/chat.js', codeLimits.chat),
    sizeLine('Both and all the rest for the web', 'dist/extension.web.js', codeLimits.web),
    ...panelSizes(),
  ];
}

function sizeLine(what: string, file: string, limit: number): BenchLine {
  const kilobytes = statSync(inRepository(file)).size / 1024;
  return { text: `${what}: ${kilobytes.toFixed(1)} KB (limit ${limit} KB)`, reached: kilobytes <= limit };
}

function panelSizes(): readonly BenchLine[] {
  const { first, all } = panelScripts();
  const line = (what: string, size: number, limit: number): BenchLine => ({
    text: `${what}: ${(size / 1024).toFixed(1)} KB gzip (limit ${limit} KB)`,
    reached: size <= limit * 1024,
  });
  return [
    line('Panel script for its start and the first question', first, panelScriptLimits.first),
    line('All scripts of the panel, with KaTeX and the colours', all, panelScriptLimits.all),
  ];
}

const benches = [
  ...[benchSizes, benchSlowMarkdown, benchStream, benchMemory, benchTokens],
  ...[benchDrawing, benchOpening, benchHistory, benchTenStreams, benchWindow, benchActivation, benchFreeze],
];

/** The exit code: 1 where a figure is not reached. */
async function bench(): Promise<number> {
  let code = 0;
  for (const measure of benches) {
    for (const { text, reached } of await measure()) {
      console.log(reached ? text : `${text}: NOT REACHED`);
      if (!reached) code = 1;
    }
  }
  return code;
}

bench().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
