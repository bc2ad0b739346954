import {
  RANKED_VALUES,
  parameterValues,
  ENUM_PARAMETERS,
  type EnumParameter,
  type ValueRules,
} from '../../models/parameter-values';
import type { ChatError, ErrorHints } from '../errors/chat-error';
import { isRejectedInWords, isRejectedRequest, messageBeginning } from '../errors/rejected-request';
import type { SentValues } from '../events';
import { OMITTING_CORRECTIONS, type Correction, type Corrections } from './learned-corrections';

/** The names of a parameter in error messages. Ollama calls the reasoning effort `think`. */
const NAMES: Readonly<Record<EnumParameter, RegExp>> = {
  reasoningEffort:
    /\breasoning[._ -]?effort\b|\beffort\b|\bthink(?:ing)?\b|\breasoning (?:value|level)\b|\breasoning\b.*\bmandatory\b/i,
  verbosity: /\bverbosity\b/i,
};

const PARAMS: Readonly<Record<EnumParameter, RegExp>> = {
  reasoningEffort: /^(?:body\.)?(?:reasoning_effort|reasoning(?:\.effort)?|think)$/,
  verbosity: /^(?:body\.)?(?:text\.)?verbosity$/,
};

/** Messages that reject a parameter or its value, in contrast to those that only mention it. */
const REJECTION =
  /unsupported|not (?:be )?(?:supported|permitted|allowed|recognized|available|valid|enabled)|(?:does|do) ?n[o']t support|unrecogni[sz]ed|unknown|unexpected|invalid|extra (?:inputs?|fields?)|additional propert|should (?:be|not)|must (?:be|not)|expected|mandatory|cannot be|supported values|one of/i;

/** Messages that reject only the value, so that another value may be accepted. */
const VALUE_MESSAGE =
  /\bvalue\b|\binvalid (?:option|enum|input)|\bmandatory\b|cannot be (?:disabled|turned off)/i;

/** The result of reading a rejection: a change to make, or a value not to send again. */
export type Rejection =
  | { readonly kind: 'correction'; readonly correction: Correction }
  | {
      readonly kind: 'value';
      readonly parameter: EnumParameter;
      readonly value: string;
      readonly rules: ValueRules;
    };

/** The rejection of one of the sent values that an error reports; undefined if the error is about something else. */
export function rejectedValue(
  error: ChatError,
  { param = '' }: ErrorHints,
  sent: SentValues,
  learned: Corrections,
): Rejection | undefined {
  if (!isRejectedRequest(error) && !isRejectedInWords(error)) return undefined;
  const message = messageBeginning(error);
  if (!REJECTION.test(message) || /\bsummar/i.test(message)) return undefined;
  const entries = sentEntries(sent);
  const found =
    entries.find(([parameter]) => PARAMS[parameter].test(param)) ??
    entries.find(([parameter]) => NAMES[parameter].test(message)) ??
    // OpenAI's Responses API may name only the value: "'minimal' is not supported with the 'x' model".
    entries.find(([, value]) => isQuoted(value, message) && listsValues(message));
  return found && rejectionOf(...found, message, learned);
}

function sentEntries(sent: SentValues): readonly (readonly [EnumParameter, string])[] {
  return ENUM_PARAMETERS.flatMap((parameter) => {
    const value = sent[parameter];
    return value === undefined ? [] : [[parameter, value] as const];
  });
}

function isQuoted(value: string, message: string): boolean {
  return ["'", '"', '`'].some((quote) => message.includes(quote + value + quote));
}

/** Whether a message lists values of the parameters here, whatever it calls them. */
function listsValues(message: string): boolean {
  const listed = listedValues(message);
  return (
    /supported values/i.test(message) || listed.filter((value) => RANKED_VALUES.includes(value)).length > 1
  );
}

function rejectionOf(
  parameter: EnumParameter,
  value: string,
  message: string,
  learned: Corrections,
): Rejection {
  const omit = { kind: 'correction', correction: OMITTING_CORRECTIONS[parameter] } as const;
  const accepted = listedValues(message).filter((listed) => listed !== value);
  // A service that rejects a value that it has listed would reject every other one too.
  if (learned.properties?.[parameter]?.accepted?.includes(value) === true) return omit;
  if (accepted.length === 0 && !VALUE_MESSAGE.test(message) && !isQuoted(value, message)) return omit;
  const rules = { ...(accepted.length > 0 && { accepted }), rejected: [value] };
  return { kind: 'value', parameter, value, rules };
}

/** The words before a list of values. */
const BEFORE_LIST =
  /(?:(?:supported|allowed|valid|accepted|permitted|possible|available) (?:values|options)(?: are| is)?|allowed(?=:)|(?:should|must) be(?: either)?(?: one of)?|expected(?: one of)?|one of)\b:? *\[?/gi;

/** The values that a message lists, such as "'low', 'medium', and 'high'" or "low | high". */
function listedValues(message: string): readonly string[] {
  for (const { index, 0: start } of message.matchAll(BEFORE_LIST)) {
    const items: Item[] = [];
    let rest = message.slice(index + start.length);
    for (let item = firstItem(rest); item; item = firstItem(rest)) {
      items.push(item);
      rest = rest.slice(item.length);
    }
    // "Expected string" lists no values.
    if (items.some(({ word, quoted }) => quoted || RANKED_VALUES.includes(word)))
      return parameterValues(items.map(({ word }) => word));
  }
  return [];
}

interface Item {
  readonly word: string;
  readonly quoted: boolean;
  /** The length of the word and the separators after it, in UTF-16 units. */
  readonly length: number;
}

const SEPARATORS = '(?:\\s*(?:,|\\||\\bor\\b|\\band\\b))*';
const QUOTED_ITEM = new RegExp(`^\\s*['"\`]([\\w-]{1,40})['"\`]${SEPARATORS}`);
const PLAIN_ITEM = new RegExp(
  `^\\s*([a-z][\\w-]{0,40})(?=\\s*(?:,|\\||\\bor\\b|\\band\\b|[.;\\])]|$))${SEPARATORS}`,
);

function firstItem(text: string): Item | undefined {
  const quoted = QUOTED_ITEM.exec(text);
  const found = quoted ?? PLAIN_ITEM.exec(text);
  return found ? { word: found[1] ?? '', quoted: quoted !== null, length: found[0].length } : undefined;
}
