import type { Answer } from '../chat/answer';
import { shownChoice } from '../chat/answer';
import { currentAnswer, type Question, type Turn } from '../chat/turn';
import type { Attachment } from '../prompt/attachment';

/** The parts of a request that may contain secrets. */
export interface RequestContent {
  readonly history: readonly Turn[];
  /** The turn whose answer is continued, or the turns that are summarized. */
  readonly requiredTurns?: readonly Turn[];
  readonly question: Question;
  readonly instructions: string;
}

/** The location of a text in a request, shown to the user. */
export type TextLocation =
  | { readonly kind: 'question' | 'instructions' }
  | { readonly kind: 'attachment'; readonly attachment: Attachment }
  | { readonly kind: 'earlier-question' | 'earlier-answer'; readonly question: string };

export interface RequestText {
  readonly location: TextLocation;
  readonly text: string;
}

/**
 * All texts of a request, those of the new question first.
 *
 * @param origin of the service: its own answers are not checked, as they came from it
 */
export function requestTexts(content: RequestContent, origin: string): readonly RequestText[] {
  const { history, requiredTurns = [], question, instructions } = content;
  return [
    { location: { kind: 'question' }, text: question.text },
    ...attachmentTexts(question),
    { location: { kind: 'instructions' }, text: instructions },
    ...[...history, ...requiredTurns].flatMap((turn) => turnTexts(turn, origin)),
  ];
}

function turnTexts(turn: Turn, origin: string): readonly RequestText[] {
  const { question } = turn;
  const answer = currentAnswer(turn);
  const { text, refusal } = shownChoice(answer);
  return [
    { location: { kind: 'earlier-question', question: question.text }, text: question.text },
    ...attachmentTexts(question),
    ...(isFromOrigin(answer, origin)
      ? []
      : [{ location: { kind: 'earlier-answer', question: question.text } as const, text: text || refusal }]),
  ];
}

function attachmentTexts({ attachments = [] }: Question): readonly RequestText[] {
  return attachments.flatMap((attachment) => {
    const location = { kind: 'attachment', attachment } as const;
    return [
      { location, text: attachment.label },
      { location, text: attachment.content },
    ];
  });
}

function isFromOrigin({ runs }: Answer, origin: string): boolean {
  return runs.length > 0 && runs.every(({ terms }) => terms.origin === origin);
}

/** Whether a question was sent to this service before, with all of its attachments. */
export function wasSentTo({ answers }: Turn, origin: string): boolean {
  return answers.some(({ runs }) =>
    runs.some(({ sentAt, terms }) => sentAt !== undefined && terms.origin === origin),
  );
}

/** The content with each of its texts changed. */
export function changeTexts(content: RequestContent, change: (text: string) => string): RequestContent {
  const { history, requiredTurns, question, instructions } = content;
  return {
    history: history.map((turn) => changeTurn(turn, change)),
    ...(requiredTurns && { requiredTurns: requiredTurns.map((turn) => changeTurn(turn, change)) }),
    question: changeQuestion(question, change),
    instructions: change(instructions),
  };
}

function changeTurn(turn: Turn, change: (text: string) => string): Turn {
  const answers = turn.answers.map((answer) => ({
    ...answer,
    choices: answer.choices.map((choice) => ({
      ...choice,
      text: change(choice.text),
      refusal: change(choice.refusal),
    })),
  }));
  const [first = turn.answers[0], ...rest] = answers;
  return { ...turn, question: changeQuestion(turn.question, change), answers: [first, ...rest] };
}

function changeQuestion(question: Question, change: (text: string) => string): Question {
  const { text, attachments } = question;
  return {
    ...question,
    text: change(text),
    ...(attachments && {
      attachments: attachments.map((attachment) => ({
        ...attachment,
        label: change(attachment.label),
        content: change(attachment.content),
      })),
    }),
  };
}
