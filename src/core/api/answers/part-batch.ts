import type { AnswerPart, ResponseIdentity, TextPart } from '../events';

/** A text part while its batch is assembled. */
type MutableTextPart = { -readonly [name in keyof TextPart]: TextPart[name] };

/**
 * Adds a text to a batch of parts: to the last part if that has the same type and index, or as a new part. Returns
 * false if the text is empty.
 */
export function addText(parts: AnswerPart[], type: TextPart['type'], index: number, text: unknown): boolean {
  if (!isNonEmptyString(text)) return false;
  const last = parts.at(-1);
  if (last?.type === type && last.index === index) (last as MutableTextPart).text += text;
  else parts.push({ type, index, text });
  return true;
}

export function isNonEmptyString(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** Adds the identity of a response once, because services repeat it with each event. */
type IdentityReader = (parts: AnswerPart[], id: unknown, model: unknown, fingerprint: unknown) => void;

export function createIdentityReader(): IdentityReader {
  let known: ResponseIdentity | undefined;
  return (parts, id, model, fingerprint) => {
    const isNew =
      hasChanged(id, known?.id) ||
      hasChanged(model, known?.model) ||
      hasChanged(fingerprint, known?.fingerprint);
    if (!isNew) return;
    known = {
      ...(isNonEmptyString(id) && { id }),
      ...(isNonEmptyString(model) && { model }),
      ...(isNonEmptyString(fingerprint) && { fingerprint }),
    };
    parts.push({ type: 'identified', identity: known });
  };
}

function hasChanged(value: unknown, known: string | undefined): boolean {
  return isNonEmptyString(value) && value !== known;
}
