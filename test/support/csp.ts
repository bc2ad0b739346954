import { CspEvaluator } from 'csp_evaluator/dist/evaluator.js';
import { CspParser } from 'csp_evaluator/dist/parser.js';

/** The policy that a page sets upon itself, by its directives. */
export function policyOf(html: string): ReadonlyMap<string, readonly string[]> {
  const content = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html)?.[1];
  if (content === undefined) throw new Error('The page has no policy.');
  return directives(content);
}

export function directives(policy: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    policy.split(';').map((directive) => {
      const [name = '', ...values] = directive.trim().split(/\s+/);
      return [name, values] as const;
    }),
  );
}

/** What csp_evaluator has against a policy, of whatever severity. */
export function findings(policy: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const text = [...policy].map(([name, values]) => [name, ...values].join(' ')).join('; ');
  const found = new CspEvaluator(new CspParser(text).csp).evaluate();
  return found.map(
    ({ severity, directive, value, description }) =>
      `${severity} ${directive} ${value ?? ''}: ${description}`,
  );
}

/**
 * The directives of the panel's policy, with what differs from page to page left out. The words of our own
 * folder are told by the caller, who knows where the page came from.
 */
export function plainly(policy: ReadonlyMap<string, readonly string[]>, ownSource: string): object {
  return Object.fromEntries(
    [...policy].map(([name, values]) => [
      name,
      values
        .join(' ')
        .replace(/^'nonce-[0-9a-f]{32}'$/, 'NONCE')
        .replace(ownSource, 'OWN'),
    ]),
  );
}

/** Code runs off the main thread from a blob of our own; otherwise nothing is allowed but what is named here. */
const workers = { 'worker-src': 'blob:' };
const strictest = {
  'default-src': "'none'",
  'script-src': 'NONCE',
  'style-src': 'OWN',
  'font-src': 'OWN',
  'base-uri': "'none'",
  'form-action': "'none'",
};

/** What the panel's policy has to be, word by word. */
export function expectedOf(policy: ReadonlyMap<string, readonly string[]>): object {
  return policy.has('worker-src') ? { ...strictest, ...workers } : strictest;
}
