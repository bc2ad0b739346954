import type { Attachment } from '../prompt/attachment';
import { endOfMarkdown, fenced } from '../text/fence';
import { chatTitle } from './summary';
import { currentAnswer, type Turn, mapTurns, shownVersion } from './turn';
import { shownChoice, type Answer, type Choice } from './answer';
import type { Conversation } from './conversation';

/** The texts of an exported chat, in the user's language. */
export interface ExportLabels {
  readonly untitled: string;
  readonly you: string;
  /** Whose answer it is where no model is known. */
  readonly model: string;
  readonly reasoning: string;
  readonly refused: string;
  readonly stopped: string;
  readonly incomplete: string;
  readonly failed: string;
  /** Empty where the time is not known. */
  date(time: number): string;
  version(number: number, of: number): string;
  /** It was answered several times, and this is the last of them. */
  answers(count: number): string;
  choice(number: number, of: number): string;
}

/** A chat to be given to others: without where on this machine its attachments came from. */
export function withoutSources(conversation: Conversation): Conversation {
  return { ...conversation, turns: mapTurns(conversation.turns, withoutSource) };
}

function withoutSource(turn: Turn): Turn {
  const { question } = turn;
  if (!question.attachments) return turn;
  const attachments = question.attachments.map(({ source, ...attachment }) => attachment);
  return { ...turn, question: { ...question, attachments } };
}

/** A chat to be read: what is shown of it, in Markdown. */
export function chatMarkdown(conversation: Conversation, words: ExportLabels): string {
  const { turns } = conversation;
  const title = oneLine(chatTitle(conversation)) || words.untitled;
  const parts = [`# ${title}`, ...turns.flatMap((turn) => turnParts(turn, words))];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function turnParts(turn: Turn, words: ExportLabels): string[] {
  const { text, attachments = [] } = turn.question;
  const version = shownVersion(turn);
  const answer = currentAnswer(turn);
  const date = words.date(turn.askedAt);
  return [
    `## ${words.you}`,
    date === '' ? '' : `*${date}*`,
    version.of > 1 ? `*${words.version(version.number, version.of)}*` : '',
    closeFence(text),
    ...attachments.map(attachmentMarkdown),
    `## ${oneLine(modelOf(answer) ?? words.model)}`,
    turn.answers.length > 1 ? `*${words.answers(turn.answers.length)}*` : '',
    ...answerParts(answer, words),
  ];
}

function answerParts(answer: Answer, words: ExportLabels): string[] {
  const { choices, chosen, status } = answer;
  const choice = shownChoice(answer);
  return [
    choices.length > 1 ? `*${words.choice(chosen + 1, choices.length)}*` : '',
    reasoningMarkdown(choice, words),
    closeFence(choice.text),
    choice.refusal === '' ? '' : `**${words.refused}**\n\n${quoted(choice.refusal)}`,
    status.kind === 'done' ? '' : `*${words[endOf(status.kind)]}*`,
  ];
}

function endOf(kind: Exclude<Answer['status']['kind'], 'done'>): 'stopped' | 'failed' | 'incomplete' {
  return kind === 'stopped' || kind === 'failed' ? kind : 'incomplete';
}

/** Folded, where HTML in Markdown is drawn. */
function reasoningMarkdown({ reasoning }: Choice, words: ExportLabels): string {
  if (reasoning === '') return '';
  return `<details><summary>${words.reasoning}</summary>\n\n${closeFence(reasoning)}\n\n</details>`;
}

function attachmentMarkdown({ label, language, content }: Attachment): string {
  return `**${oneLine(label)}**\n\n${fenced(content, oneLine(language))}`;
}

/** The model that answered, else the one that was asked. */
function modelOf({ runs }: Answer): string | undefined {
  const run = runs.at(-1);
  return run?.receipts.findLast(({ model }) => model !== undefined)?.model ?? run?.terms.model;
}

/** A text whose last fence may be open: what follows it must not become code. */
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
