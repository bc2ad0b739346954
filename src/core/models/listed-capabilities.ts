import { arrayField, field, isObject, stringField } from '../json';
import { parameterValues } from './parameter-values';

/** The abilities of a model according to a list. A field is absent if the list does not mention it. */
export interface ListedCapabilities {
  /** Values of the reasoning effort that the model accepts; empty if the model has no such parameter. */
  readonly efforts?: readonly string[];
  /** Whether the model has the parameter `verbosity`. */
  readonly verbosity?: boolean;
  /** Whether the model reasons before it answers. */
  readonly reasoning?: boolean;
  /** Whether the model accepts images. */
  readonly vision?: boolean;
  /** Whether the model can call tools. */
  readonly tools?: boolean;
}

type Ability = 'verbosity' | 'reasoning' | 'vision' | 'tools';

/**
 * Matches the names that services use for each ability, also at the end of names such as
 * `openai/chat-completion.vision`.
 */
const WORDS: Readonly<Record<Ability, RegExp>> = {
  verbosity: /(?:^|[./_-])verbosity$/i,
  reasoning: /(?:^|[./_-])(?:reasoning|thinking|reasoning_effort|include_reasoning)$/i,
  vision: /(?:^|[./_-])(?:vision|image|images)$/i,
  tools: /(?:^|[./_-])(?:tools?|functions?|function_calling|tool_use|trained_for_tool_use|tool_choice)$/i,
};

/** Number of words that are read in a list of capabilities. */
const MAX_WORDS = 200;

/** Reads an entry of a list in the format of any service. Values of another type are left out. */
export function listedCapabilities(entry: unknown): ListedCapabilities {
  const verbosity = abilityOf(entry, 'verbosity');
  const reasoning = abilityOf(entry, 'reasoning');
  const vision = abilityOf(entry, 'vision');
  const tools = abilityOf(entry, 'tools');
  const efforts = effortsOf(entry, reasoning);
  return {
    ...(efforts && { efforts }),
    ...(verbosity !== undefined && { verbosity }),
    ...(reasoning !== undefined && { reasoning }),
    ...(vision !== undefined && { vision }),
    ...(tools !== undefined && { tools }),
  };
}

/**
 * The efforts: `reasoning.supported_efforts` (OpenRouter), `capabilities.reasoning.allowed_options` (LM Studio) or our
 * own field. A model that does not reason has none.
 */
function effortsOf(entry: unknown, reasoning: boolean | undefined): readonly string[] | undefined {
  const own = field(entry, 'efforts');
  if (Array.isArray(own)) return parameterValues(own);
  const described = [field(entry, 'reasoning'), field(field(entry, 'capabilities'), 'reasoning')];
  const values = described.flatMap((part) => [
    ...arrayField(part, 'supported_efforts'),
    ...arrayField(part, 'allowed_options'),
  ]);
  const mandatory = described.some((part) => field(part, 'mandatory') === true);
  const efforts = parameterValues(values).filter((value) => !mandatory || value !== 'none');
  if (efforts.length > 0) return efforts;
  return reasoning === false ? [] : undefined;
}

function abilityOf(entry: unknown, ability: Ability): boolean | undefined {
  const flag = [field(entry, ability), ...flagsOf(field(entry, 'capabilities'), ability)].find(
    (value) => typeof value === 'boolean',
  );
  if (typeof flag === 'boolean') return flag;
  if (ability === 'reasoning' && isObject(field(entry, 'reasoning'))) return true;
  const listed = (list: readonly unknown[]): boolean =>
    list.slice(0, MAX_WORDS).some((word) => typeof word === 'string' && WORDS[ability].test(word));
  // These lists are complete: the parameters of OpenRouter, the capabilities of Ollama, and the kinds of input.
  const complete = [
    arrayField(entry, 'capabilities'),
    ability === 'vision'
      ? arrayField(field(entry, 'architecture'), 'input_modalities')
      : arrayField(entry, 'supported_parameters'),
  ].filter((list) => list.length > 0);
  if (complete.length > 0) return complete.some(listed);
  // The features that AI/ML API lists are incomplete, so a feature that is not listed may still be supported.
  return listed(arrayField(entry, 'features')) ? true : undefined;
}

/** Fields such as `function_calling` (Mistral) and `trained_for_tool_use` (LM Studio). */
function flagsOf(capabilities: unknown, ability: Ability): readonly unknown[] {
  if (!isObject(capabilities) || Array.isArray(capabilities)) return [];
  return Object.entries(capabilities)
    .slice(0, MAX_WORDS)
    .filter(([name]) => WORDS[ability].test(name))
    .map(([, value]) => (isObject(value) ? true : value));
}

/** The retirement of a model, as an entry of the list of models states it. */
export interface ListedRetirement {
  /** `YYYY-MM-DD` */
  readonly shutdownAt?: string;
  readonly replacedBy?: string;
}

/** OpenAI, OpenRouter, Azure (seconds since 1970), Mistral and others each have fields of their own. */
export function listedRetirement(
  entry: unknown,
  dateOf: (value: unknown) => string | undefined,
): ListedRetirement {
  const dates = [
    ...[
      'shutdownAt',
      'shutdown_date',
      'shutdown_at',
      'expiration_date',
      'deprecation_date',
      'retirement_date',
      'deprecation',
    ].map((name) => field(entry, name)),
    field(field(entry, 'deprecation'), 'inference'),
  ];
  const shutdownAt = dates.map(dateOf).find((date) => date !== undefined);
  const replacedBy = ['replacedBy', 'replaced_by', 'deprecation_replacement_model']
    .map((name) => stringField(entry, name))
    .find((name) => name !== undefined);
  return { ...(shutdownAt !== undefined && { shutdownAt }), ...(replacedBy !== undefined && { replacedBy }) };
}
