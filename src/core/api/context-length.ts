import { field, numberField } from './json';

export interface ContextSizes {
  /** Tokens that the model can hold. */
  readonly limit?: number;
  /** Tokens of the request, its answer included where the service counts that. */
  readonly tokens?: number;
}

const NUMBER = '(\\d[\\d,_]*)';
/** Where the words about a prompt that is too long name what the model can hold. */
const limitPatterns = [
  `maximum (?:context|prompt|input) (?:length|window|size)[^\\d]{0,30}${NUMBER}`,
  `context[ _-]?(?:length|window|size)[^\\d]{0,40}${NUMBER}`,
  `(?:max(?:imum)?|at most|limit|allowed|cannot exceed|must be <=)[^\\d]{0,50}${NUMBER}`,
  `> ?${NUMBER} max`,
  `${NUMBER} (?:token )?max`,
  `\\[\\d+, ?${NUMBER}\\]`,
];
/** And where they name what it was given. */
const tokenPatterns = [
  `(?:requested|received|contains?|has|have|resulted in|given:?|got|count \\(|too long:|request \\(|prompt \\()[^\\d]{0,40}${NUMBER}`,
  `${NUMBER} tokens? >`,
];
const parts = [
  new RegExp(`${NUMBER} output tokens and [^\\d]*${NUMBER} input tokens`, 'i'),
  new RegExp(`${NUMBER} [\`'"]?inputs[\`'"]? tokens and ${NUMBER} `, 'i'),
];

/** How much too long a prompt is, by the words of the refusal or by fields beside them. */
export function sizesOf(message: string, json: readonly unknown[]): ContextSizes {
  const limit = fieldOf(json, 'n_ctx') ?? firstNumber(message, limitPatterns);
  const tokens =
    fieldOf(json, 'n_prompt_tokens') ??
    sumOf(message) ??
    firstNumber(message, tokenPatterns, (number) => number !== limit);
  return {
    ...(limit !== undefined && { limit }),
    // A figure that would fit is another's.
    ...(tokens !== undefined && (limit === undefined || tokens > limit) && { tokens }),
  };
}

function fieldOf(json: readonly unknown[], name: string): number | undefined {
  return json
    .flatMap((part) => [numberField(field(part, 'error'), name), numberField(part, name)])
    .find((value) => value !== undefined && isCount(value));
}

function sumOf(message: string): number | undefined {
  const found = parts.map((pattern) => pattern.exec(message)).find(Boolean);
  return found ? count(found[1]) + count(found[2]) : undefined;
}

function firstNumber(
  message: string,
  patterns: readonly string[],
  wanted: (number: number) => boolean = () => true,
): number | undefined {
  return patterns
    .flatMap((pattern) =>
      Array.from(message.matchAll(new RegExp(pattern, 'gi')), ([, digits]) => count(digits)),
    )
    .find((number) => isCount(number) && wanted(number));
}

function count(digits: string | undefined): number {
  return Number(digits?.replace(/[,_]/g, ''));
}

function isCount(number: number): boolean {
  return Number.isSafeInteger(number) && number >= 16 && number <= 1e9;
}
