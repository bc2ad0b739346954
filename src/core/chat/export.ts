import type { Attachment } from '../prompt/attachment';
import { endOfMarkdown, fenced } from '../text/fences/fence';
import { chatTitle } from './chat-list-entry';
import { currentAnswer, type Turn, mapTurns, shownVersion } from './turn';
import { summaryText } from './turns-summary';
import { shownChoice, type Answer, type Choice } from './answer';
import type { Conversation } from './conversation';

/** The localized labels of an exported chat. */
export interface ExportLabels {
  readonly untitled: string;
  readonly you: string;
  /** The heading of an answer whose model is unknown. */
  readonly model: string;
  readonly reasoning: string;
  readonly refused: string;
  readonly stopped: string;
  readonly incomplete: string;
  readonly failed: string;
  /** Empty if the time is unknown. */
  date(time: number): string;
  version(number: number, total: number): string;
  /** For a question that was sent several times, of which only the last answer is exported. */
  answers(count: number): string;
  choice(number: number, total: number): string;
  /** The heading of a summary that is sent in place of the given number of turns. */
  summary(turns: number): string;
}

/** The chat without the local paths of its attachments, and without reasoning that only one account can decrypt. */
export function withoutLocalData(conversation: Conversation): Conversation {
  const turns = mapTurns(conversation.turns, (turn) => withoutReasoningItems(withoutSource(turn)));
  return { ...conversation, turns };
}

function withoutSource(turn: Turn): Turn {
  const { question } = turn;
  if (!question.attachments) return turn;
  const attachments = question.attachments.map(({ source, ...attachment }) => attachment);
  return { ...turn, question: { ...question, attachments } };
}

function withoutReasoningItems(turn: Turn): Turn {
  const strip = (answer: Answer): Answer => ({
    ...answer,
    choices: answer.choices.map(({ reasoningItems, ...choice }) => choice),
  });
  const [first, ...rest] = turn.answers;
  return { ...turn, answers: [strip(first), ...rest.map(strip)] };
}

/** The visible part of a chat as Markdown. */
export function chatMarkdown(conversation: Conversation, labels: ExportLabels): string {
  const { turns } = conversation;
  const title = oneLine(chatTitle(conversation)) || labels.untitled;
  const parts = [`# ${title}`, ...turns.flatMap((turn) => turnParts(turn, labels))];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function turnParts(turn: Turn, labels: ExportLabels): string[] {
  const { text, attachments = [] } = turn.question;
  const version = shownVersion(turn);
  const answer = currentAnswer(turn);
  const date = labels.date(turn.askedAt);
  return [
    `## ${labels.you}`,
    date === '' ? '' : `*${date}*`,
    version.total > 1 ? `*${labels.version(version.number, version.total)}*` : '',
    closeFence(text),
    ...attachments.map(attachmentMarkdown),
    `## ${oneLine(modelOf(answer) ?? labels.model)}`,
    turn.answers.length > 1 ? `*${labels.answers(turn.answers.length)}*` : '',
    ...answerParts(answer, labels),
    ...summaryParts(turn, labels),
  ];
}

/** The summary that is sent in place of this turn and those before it, if there is one. */
function summaryParts({ summaries = [] }: Turn, labels: ExportLabels): string[] {
  const summary = summaries.findLast(({ inUse }) => inUse);
  return summary ? [`## ${labels.summary(summary.covers.length)}`, closeFence(summaryText(summary))] : [];
}

function answerParts(answer: Answer, labels: ExportLabels): string[] {
  const { choices, chosen, status } = answer;
  const choice = shownChoice(answer);
  return [
    choices.length > 1 ? `*${labels.choice(chosen + 1, choices.length)}*` : '',
    reasoningMarkdown(choice, labels),
    closeFence(choice.text),
    choice.refusal === '' ? '' : `**${labels.refused}**\n\n${quoted(choice.refusal)}`,
    status.kind === 'done' ? '' : `*${labels[endOf(status.kind)]}*`,
  ];
}

function endOf(kind: Exclude<Answer['status']['kind'], 'done'>): 'stopped' | 'failed' | 'incomplete' {
  return kind === 'stopped' || kind === 'failed' ? kind : 'incomplete';
}

/** Collapsed in viewers that render HTML in Markdown. */
function reasoningMarkdown({ reasoning }: Choice, labels: ExportLabels): string {
  if (reasoning === '') return '';
  return `<details><summary>${labels.reasoning}</summary>\n\n${closeFence(reasoning)}\n\n</details>`;
}

function attachmentMarkdown({ label, language, content }: Attachment): string {
  return `**${oneLine(label)}**\n\n${fenced(content, oneLine(language))}`;
}

/** The model that answered, or else the requested one. */
function modelOf({ runs }: Answer): string | undefined {
  const run = runs.at(-1);
  return run?.receipts.findLast(({ model }) => model !== undefined)?.model ?? run?.terms.model;
}

/** Closes an open fence at the end of a text, so that the text after it does not become code. */
function closeFence(text: string): string {
  const whole = text.trimEnd();
  const end = endOfMarkdown(whole);
  return end.kind === 'code' ? `${whole}\n${end.opened.fence}` : whole;
}

function quoted(text: string): string {
  return text.replace(/^/gm, '> ');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
