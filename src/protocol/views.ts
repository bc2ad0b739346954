import * as v from 'valibot';
import { actions } from './actions';
import { count, type DeepReadonly } from './schema-helpers';

const button = v.object({
  action: v.picklist(actions),
  label: v.string(),
  /** Explains what the button does or costs if its label does not. */
  hint: v.exactOptional(v.string()),
});

/** An error on a card: what happened, what it means, and buttons that help. */
export const errorCard = v.object({
  title: v.string(),
  explanation: v.string(),
  buttons: v.array(button),
});

/** A notice about an answer that ended without an error but unusually: stopped, cut off, or empty. */
const notice = v.object({ text: v.string(), buttons: v.array(button) });

const status = v.variant('kind', [
  v.object({
    kind: v.literal('running'),
    phase: v.picklist(['waiting', 'thinking', 'answering']),
    /** Time since the phase began, when the message was posted, in ms. */
    elapsed: v.number(),
    /** The typical thinking time of the model, as a text; absent if it is not known. */
    typicalThinkingTime: v.exactOptional(v.string()),
    /** The request has failed and is sent again; `remaining`: the time until then when the message was posted, in ms. */
    retry: v.exactOptional(
      v.object({ remaining: v.number(), attempt: count, maxAttempts: count, reason: v.string() }),
    ),
  }),
  v.object({ kind: v.literal('done'), notice: v.exactOptional(notice) }),
  /** `cutOff`: a limit or a filter ended the answer, or the model returned reasoning but no answer. */
  v.object({ kind: v.picklist(['stopped', 'cutOff']), notice }),
  v.object({ kind: v.picklist(['incomplete', 'failed']), errorCard }),
]);

const detail = v.object({ label: v.string(), value: v.string() });

/** Metadata that the service reports about an answer. `summary` is one line of it, empty while nothing is known. */
const details = v.object({ summary: v.string(), rows: v.array(detail) });

/** `text`: Markdown. `refusal`: why the model did not answer, in its own words. `reasoning`: where a server shows it. */
const choice = v.object({ text: v.string(), refusal: v.string(), reasoning: v.string() });

const answer = v.object({
  status,
  /** The choices: several if the setting `n` requests alternatives. */
  choices: v.array(choice),
  /** The index of the choice that is shown. */
  chosen: count,
  details,
});

const attachment = v.object({
  /** Such as "orbits.py:3-10". */
  label: v.string(),
  language: v.string(),
  content: v.string(),
});

/** A summary that can be sent in place of this turn and those before it. */
const summary = v.object({
  id: v.string(),
  /** The number of questions that it covers. */
  questions: count,
  /** Whether the summary is sent in place of the turns that it covers. */
  inUse: v.boolean(),
  /** The request for it, and its text as one choice. */
  answer,
  /** The texts of earlier summaries of the same turns. */
  earlier: v.array(v.string()),
});

export const turn = v.object({
  id: v.string(),
  question: v.string(),
  attachments: v.array(attachment),
  /** The version of an edited question, from 1; absent if there is only one. */
  version: v.exactOptional(v.object({ number: count, total: count })),
  /** The current answer. */
  answer,
  /** The texts of the answers that the question had before it was sent again. */
  earlier: v.array(v.string()),
  summary: v.exactOptional(summary),
});

export const change = v.variant('type', [
  /** Only the first `length` turns are still shown. */
  v.object({ type: v.literal('turnsRemoved'), length: count }),
  /** A new turn, or the last one again, since its question was sent again. */
  v.object({ type: v.literal('turnUpdated'), turn }),
  /** A new summary, or another state of one; absent if none is shown any more. */
  v.object({ type: v.literal('summaryUpdated'), turnId: v.string(), summary: v.exactOptional(summary) }),
  /** `turnId`: the ID of a turn, or of a summary. */
  v.object({
    type: v.picklist(['textAdded', 'reasoningAdded', 'refusalAdded']),
    turnId: v.string(),
    choice: count,
    text: v.string(),
  }),
  v.object({ type: v.literal('statusChanged'), turnId: v.string(), status }),
  v.object({ type: v.literal('choiceChanged'), turnId: v.string(), chosen: count }),
  v.object({ type: v.literal('detailsChanged'), turnId: v.string(), details }),
]);

/** An attachment of the question that is being written, as its chip shows it. */
export const attachedItem = v.object({
  id: v.string(),
  /** The name of a codicon. */
  icon: v.string(),
  /** Such as "orbits.py:3-10". */
  label: v.string(),
  /** The number of tokens of the attachment as a text; empty until they are counted. */
  tokens: v.string(),
  /** The full origin of the attachment, as its tooltip. */
  title: v.string(),
  /** Why it cannot be sent; absent if it can. */
  reason: v.exactOptional(v.string()),
  /** True if it was pasted, and can be inserted into the question as text. */
  pasted: v.boolean(),
});

export const completion = v.object({
  id: v.string(),
  /** The name of a codicon. */
  icon: v.string(),
  label: v.string(),
  /** The folder of the file, or a description. */
  detail: v.string(),
  /** Replaces what was typed; absent if the completion is attached. */
  text: v.exactOptional(v.string()),
});

export const selection = v.object({ label: v.string(), lineCount: count });

/** A question that was written while an answer was in progress. */
export const queuedQuestion = v.object({
  id: v.string(),
  text: v.string(),
  /** Whether it is sent when the answer ends. Otherwise the user may send it. */
  isWaiting: v.boolean(),
  /** The state of the question as a text, or the reason why it was not sent. */
  note: v.string(),
});

/** A question that is being edited. */
export const edit = v.object({ turnId: v.string(), text: v.string() });

export const estimate = v.object({
  model: v.string(),
  /** The reasoning effort of the next question, as a text; absent if the model has none. */
  effort: v.exactOptional(v.string()),
  /** The verbosity of the answer to the next question, in the same way. */
  verbosity: v.exactOptional(v.string()),
  /** Tokens and the highest price, in short; empty while nothing is written. */
  text: v.string(),
  /** The same in a sentence. */
  explanation: v.string(),
  /** `too-much` if the request exceeds the context of the model or the rest of the budget. */
  level: v.picklist(['fine', 'too-much']),
  /** Suggests to summarize earlier turns, which take up most of the context of the model. */
  suggestion: v.exactOptional(notice),
});

export type Button = DeepReadonly<v.InferOutput<typeof button>>;
export type ErrorCard = DeepReadonly<v.InferOutput<typeof errorCard>>;
export type AnswerNoticeView = DeepReadonly<v.InferOutput<typeof notice>>;
export type StatusView = DeepReadonly<v.InferOutput<typeof status>>;
export type RunningView = Extract<StatusView, { kind: 'running' }>;
export type ResponseDetailsView = DeepReadonly<v.InferOutput<typeof details>>;
export type DetailView = DeepReadonly<v.InferOutput<typeof detail>>;
export type ChoiceView = DeepReadonly<v.InferOutput<typeof choice>>;
export type AnswerView = DeepReadonly<v.InferOutput<typeof answer>>;
export type AttachmentView = DeepReadonly<v.InferOutput<typeof attachment>>;
export type TurnView = DeepReadonly<v.InferOutput<typeof turn>>;
export type SummaryView = DeepReadonly<v.InferOutput<typeof summary>>;
export type Change = DeepReadonly<v.InferOutput<typeof change>>;
export type AttachedItemView = DeepReadonly<v.InferOutput<typeof attachedItem>>;
export type CompletionView = DeepReadonly<v.InferOutput<typeof completion>>;
export type SelectionView = DeepReadonly<v.InferOutput<typeof selection>>;
export type QueuedQuestionView = DeepReadonly<v.InferOutput<typeof queuedQuestion>>;
export type EditView = DeepReadonly<v.InferOutput<typeof edit>>;
export type EstimateView = DeepReadonly<v.InferOutput<typeof estimate>>;
