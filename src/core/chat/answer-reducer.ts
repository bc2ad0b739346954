import type { ChatEvent, ResponseIdentity, Outcome } from '../api';
import {
  emptyChoice,
  type Answer,
  type Choice,
  type EndedStatus,
  type RequestUsage,
  type Run,
  type RequestTerms,
} from './answer';
import { withoutOverlap } from './continuation-overlap';

export function newAnswer(at: number, terms: RequestTerms | undefined): Answer {
  return {
    status: { kind: 'waiting', since: at },
    choices: [],
    chosen: 0,
    runs: terms ? [newRun(at, terms)] : [],
  };
}

/** The answer when a continuation of the shown choice begins. */
export function startContinuation(answer: Answer, at: number, terms: RequestTerms): Answer {
  const run = { ...newRun(at, terms), continues: answer.chosen };
  const choices = answer.choices.map((choice, index) => {
    if (index !== answer.chosen) return choice;
    const { finishReason, ...open } = choice;
    return { ...open, seam: '' };
  });
  return { ...answer, status: { kind: 'waiting', since: at }, choices, runs: [...answer.runs, run] };
}

/** The answer after an event. */
export function applyToAnswer(answer: Answer, event: ChatEvent, at: number): Answer {
  switch (event.type) {
    case 'sent':
      return withRun(startThinking(answer, at), (run) => markSent(run, event, at));
    case 'accepted':
      return withRequestUsage(answer, event.requestIndex, (usage) => ({
        ...usage,
        status: event.status,
        requestIds: event.requestIds,
      }));
    case 'rejected':
      return withRequestUsage(answer, event.requestIndex, ({ status, ...usage }) => markUnbilled(usage));
    case 'identified':
      return withRequestUsage(answer, event.requestIndex, (usage) =>
        isKnown(event.identity, usage) ? usage : { ...usage, ...event.identity },
      );
    case 'usage':
      return withRequestUsage(answer, event.requestIndex, (usage) => ({ ...usage, usage: event.usage }));
    case 'billed':
      return withRequestUsage(answer, event.requestIndex, (usage) => ({ ...usage, usd: event.usd }));
    case 'text':
    case 'refusal':
    case 'reasoning':
    case 'annotated':
    case 'finished':
      return withChoice(startAnswering(answer, event.type, at), event.index, (choice) =>
        applyToChoice(choice, event),
      );
    case 'reasoningItems':
      return keepReasoningItems(answer, event);
    case 'reclassifiedAsReasoning':
      return moveTextToReasoning(answer, event.index);
    case 'retrying':
      return startRetry(withRequestUsage(answer, event.requestIndex, markUnbilled), event, at);
    case 'corrected':
    case 'valueRejected':
    case 'toolCall': // Requests of the chat have no tools.
      return answer;
    case 'limitLowered':
      return withRun(answer, (run) => ({ ...run, terms: lowerLimit(run.terms, event) }));
    case 'limitIgnored': {
      const { requestIndex, type, ...ignoredLimit } = event;
      return withRequestUsage(answer, requestIndex, (usage) => ({ ...usage, ignoredLimit }));
    }
    case 'ended':
      return endAnswer(answer, event.outcome, at);
  }
}

function newRun(at: number, terms: RequestTerms): Run {
  return { terms, askedAt: at, seed: null, receipts: [] };
}

/** Several parallel requests may be rejected for the same reason. */
function lowerLimit(
  terms: RequestTerms,
  { limit, known }: Extract<ChatEvent, { type: 'limitLowered' }>,
): RequestTerms {
  if (limit >= terms.limit) return terms;
  const from = terms.lowered?.from ?? terms.limit;
  return {
    ...terms,
    limit,
    lowered: { from, by: known, refused: true },
    ...('maxOutput' in known && { maxOutput: known.maxOutput }),
  };
}

function startThinking(answer: Answer, at: number): Answer {
  // Another of several parallel requests may already be answering.
  return answer.status.kind === 'answering' ? answer : { ...answer, status: { kind: 'thinking', since: at } };
}

function markSent(run: Run, event: Extract<ChatEvent, { type: 'sent' }>, at: number): Run {
  const { requestIndex, seed, reasoningEffort, verbosity } = event;
  const receipts = [...run.receipts];
  while (receipts.length <= requestIndex) receipts.push(emptyRequestUsage);
  // The seeds of parallel requests are derived from that of the first.
  const { reasoningEffort: rejectedEffort, verbosity: rejectedVerbosity, ...others } = run;
  return {
    ...others,
    ...(reasoningEffort !== undefined && { reasoningEffort }),
    ...(verbosity !== undefined && { verbosity }),
    sentAt: at,
    seed: requestIndex === 0 ? seed : run.seed,
    receipts: receipts.with(requestIndex, emptyRequestUsage),
  };
}

const emptyRequestUsage: RequestUsage = { requestIds: [] };

/** The first text of the answer ends the thinking; reasoning and a finish reason do not. */
function startAnswering(answer: Answer, type: ChatEvent['type'], at: number): Answer {
  if (answer.status.kind === 'answering' || (type !== 'text' && type !== 'refusal')) return answer;
  const begun: Answer = { ...answer, status: { kind: 'answering', since: at } };
  return withRun(begun, (run) => ({ ...run, firstWordAt: at }));
}

function startRetry(answer: Answer, event: Extract<ChatEvent, { type: 'retrying' }>, at: number): Answer {
  if (answer.status.kind === 'answering') return answer;
  const { attempt, maxAttempts, delayMs, error } = event;
  return {
    ...answer,
    status: { kind: 'retrying', since: at, until: at + delayMs, attempt, of: maxAttempts, error },
  };
}

type ChoiceEvent = Exclude<
  Extract<ChatEvent, { index: number }>,
  { type: 'reclassifiedAsReasoning' | 'reasoningItems' | 'toolCall' }
>;

function applyToChoice(choice: Choice, event: ChoiceEvent): Choice {
  switch (event.type) {
    case 'text':
      if (choice.seam !== undefined) return joinContinuation(choice, choice.seam + event.text, 'open');
      return { ...choice, text: choice.text + event.text };
    case 'refusal':
      return { ...choice, refusal: choice.refusal + event.text };
    case 'reasoning':
      return { ...choice, reasoning: choice.reasoning + event.text };
    case 'annotated':
      return { ...choice, annotations: addAnnotations(choice.annotations ?? [], event.annotations) };
    case 'finished':
      return { ...choice, finishReason: event.reason };
  }
}

/**
 * A continuation and the beginning of its answer form one message, for which only the reasoning items before that
 * beginning are needed.
 */
function keepReasoningItems(
  answer: Answer,
  { index, source, items }: Extract<ChatEvent, { type: 'reasoningItems' }>,
): Answer {
  if (answer.runs.at(-1)?.continues !== undefined) return answer;
  return withChoice(answer, index, (choice) => ({ ...choice, reasoningItems: { source, items } }));
}

/** The answer after the text so far, or its continuation so far, turned out to be reasoning. */
function moveTextToReasoning(answer: Answer, index: number): Answer {
  const continues = answer.runs.at(-1)?.continues !== undefined;
  return withChoice(answer, index, (choice) => {
    const { seam, text } = choice;
    const thought = seam ?? text;
    // After a continuation has been joined to the text, its beginning is no longer known.
    if (thought === '' || (continues && seam === undefined)) return choice;
    const reasoning = [choice.reasoning, thought].filter((part) => part.trim() !== '').join('\n\n');
    return seam === undefined ? { ...choice, reasoning, text: '' } : { ...choice, reasoning, seam: '' };
  });
}

/** Number of annotations that are kept for a choice, as the server is not trusted. */
const MAX_ANNOTATIONS = 100;

function addAnnotations(annotations: readonly unknown[], more: readonly unknown[]): readonly unknown[] {
  const room = MAX_ANNOTATIONS - annotations.length;
  return room > 0 ? [...annotations, ...more.slice(0, room)] : annotations;
}

/** The choice with its continuation joined, or still held back while the place to join is not known. */
function joinContinuation(choice: Choice, continuation: string, state: 'open' | 'ended'): Choice {
  const added = withoutOverlap(choice.text, continuation, state);
  if (added === undefined) return { ...choice, seam: continuation };
  const { seam, ...joined } = choice;
  return { ...joined, text: choice.text + added };
}

function withRun(answer: Answer, change: (run: Run) => Run): Answer {
  const run = answer.runs.at(-1);
  return run ? { ...answer, runs: answer.runs.with(-1, change(run)) } : answer;
}

function withRequestUsage(
  answer: Answer,
  requestIndex: number,
  change: (usage: RequestUsage) => RequestUsage,
): Answer {
  const usage = answer.runs.at(-1)?.receipts[requestIndex];
  const changed = usage && change(usage);
  if (!changed || changed === usage) return answer;
  return withRun(answer, (run) => ({ ...run, receipts: run.receipts.with(requestIndex, changed) }));
}

/** Each chunk of an answer repeats its identity. */
function isKnown({ id, model, fingerprint }: ResponseIdentity, usage: RequestUsage): boolean {
  return (
    (id ?? usage.id) === usage.id &&
    (model ?? usage.model) === usage.model &&
    (fingerprint ?? usage.fingerprint) === usage.fingerprint
  );
}

function withChoice(answer: Answer, index: number, change: (choice: Choice) => Choice): Answer {
  const choices = [...answer.choices];
  const at = answer.runs.at(-1)?.continues ?? index;
  while (choices.length <= at) choices.push(emptyChoice);
  choices[at] = change(choices[at] ?? emptyChoice);
  return { ...answer, choices };
}

function endAnswer(answer: Answer, outcome: Outcome, at: number): Answer {
  const choices = answer.choices.map((choice) =>
    choice.seam === undefined ? choice : joinContinuation(choice, choice.seam, 'ended'),
  );
  const joined = withRun({ ...answer, choices }, (run) => ({
    ...run,
    endedAt: at,
    receipts: mayBeBilled(outcome) ? run.receipts : run.receipts.map(markUnbilled),
  }));
  return { ...joined, status: endedStatus(joined, outcome) };
}

function endedStatus({ choices }: Answer, outcome: Outcome): EndedStatus {
  switch (outcome.kind) {
    case 'complete':
      return { kind: 'done' };
    case 'stopped':
      return { kind: 'stopped' };
    case 'failed': {
      const kind = choices.some(({ text, refusal }) => text + refusal !== '') ? 'incomplete' : 'failed';
      return { kind, error: outcome.error };
    }
  }
}

/** Marks a request as not billed, unless it was accepted: accepted requests are billed. */
function markUnbilled(usage: RequestUsage): RequestUsage {
  return usage.status === undefined ? { ...usage, unbilled: true } : usage;
}

/** Whether the service may still process and bill a request although it had not begun to answer. */
function mayBeBilled(outcome: Outcome): boolean {
  if (outcome.kind !== 'failed') return outcome.kind === 'stopped';
  const { error } = outcome;
  if (error.kind === 'network') return error.reason === 'reset';
  return error.kind === 'timeout' || error.kind === 'interrupted';
}
