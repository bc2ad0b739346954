import { l10n, type LogOutputChannel } from 'vscode';
import type { ChatError } from '../../core/api';
import { shownChoice } from '../../core/chat/answer';
import { turnsToSend } from '../../core/chat/turns-to-send';
import type { Session } from '../../core/chat/session';
import { currentAnswer, type Question, type Turn } from '../../core/chat/turn';
import { turnsToSummarize } from '../../core/prompt/context-budget';
import { logTo } from '../error-reporting';
import { selectedModelMetadata } from '../models/selected-model-metadata';
import { showInformation } from '../notifications';
import { readSettings } from '../settings';
import { contextLimitOf } from './error-recovery';
import type { RequestDraft } from './request-draft';
import { turnSizes } from './estimates/request-estimate';
import type { PreparationServices, PrepareChatRequest } from './request-preparation';

type Services = Pick<PreparationServices, 'models' | 'keys' | 'counter'>;

/** The instruction to summarize the turns before it. */
const summarizeInstruction: Question = {
  text:
    'Summarize our conversation so far, so that it can be continued from your summary alone: the messages above will ' +
    'not be sent again. Keep everything that later questions may refer to: my goals and constraints, decisions with ' +
    'their reasons, facts, names, numbers, file names, what is still open, and verbatim the code and formulas that ' +
    'are still needed. Leave out what was discarded or superseded. Write in the language of the conversation. Answer ' +
    'with the summary only, and be as brief as that allows.',
};

/**
 * Requests a summary of the earlier turns of a chat.
 *
 * @returns the error that prevents the request, if there is one
 */
export async function requestSummary(
  session: Session,
  prepare: PrepareChatRequest,
  { log, ...services }: Services & { readonly log: LogOutputChannel },
): Promise<ChatError | undefined> {
  const { turns } = session.conversation;
  const plan = await planSummary(turns, services);
  if (!plan) {
    void showInformation(l10n.t('There are no earlier turns to summarize.'));
    return undefined;
  }
  const prepared = await prepare(session, plan.draft);
  if (prepared.kind === 'fail') return prepared.error;
  // If an answer has changed in the meantime, the summary would not describe it.
  if (prepared.kind === 'send' && session.conversation.turns === turns)
    session.summarize(plan.covers, prepared).catch(logTo(log, 'The summary'));
  return undefined;
}

/** A request for a summary of earlier turns. */
interface SummaryPlan {
  readonly draft: Omit<RequestDraft, 'chatId'>;
  /** The IDs of the turns that the summary covers, oldest first. */
  readonly covers: readonly string[];
}

/** Decides which turns to summarize; undefined if there are none with an answer that is not summarized yet. */
async function planSummary(turns: readonly Turn[], services: Services): Promise<SummaryPlan | undefined> {
  const sent = turnsToSend(turns);
  const originals = new Set(turns);
  // An earlier summary is not summarized again without any turn that follows it.
  const first = sent.findIndex((turn) => originals.has(turn) && isAnswered(turn));
  if (first < 0) return undefined;

  const { settings } = readSettings();
  const contextLimit = rejectedContext(turns, settings.model);
  const { context, maxOutput = Infinity } = await selectedModelMetadata(settings, services);
  const { counter } = services;
  const sizes = await turnSizes(sent, counter);
  const instruction = await counter.count(settings.instructions + summarizeInstruction.text);
  const count = turnsToSummarize(
    sizes,
    first + 1,
    instruction,
    contextLimit ?? context,
    Math.min(settings.maxCompletionTokens, maxOutput),
  );
  const requiredTurns = sent.slice(0, count);
  // The turns up to the last covered one. An earlier summary may be sent in place of some of them.
  const last = turns.findIndex(({ id }) => id === requiredTurns.at(-1)?.id);
  const covers = turns.slice(0, last + 1).map(({ id }) => id);
  const limit = contextLimit === undefined ? {} : { contextLimit };
  return {
    covers,
    draft: {
      history: [],
      requiredTurns,
      question: summarizeInstruction,
      summarizes: covers.length,
      overrides: { n: 1 },
      ...limit,
    },
  };
}

function isAnswered(turn: Turn): boolean {
  const { text, refusal } = shownChoice(currentAnswer(turn));
  return text + refusal !== '';
}

/** The context limit that the service named when it rejected the last summary, or the last question. */
function rejectedContext(turns: readonly Turn[], model: string): number | undefined {
  const summary = turns.findLast(({ summaries }) => summaries !== undefined)?.summaries?.at(-1);
  const question = turns.at(-1);
  const answers = [summary?.answer, question && currentAnswer(question)];
  return answers
    .filter((answer) => answer?.runs.at(-1)?.terms.model === model)
    .map(contextLimitOf)
    .find((limit) => limit !== undefined);
}
