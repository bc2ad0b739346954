import { CspEvaluator } from 'csp_evaluator/dist/evaluator.js';
import { CspParser } from 'csp_evaluator/dist/parser.js';

/** The directives of the policy in the HTML of a page. */
export function policyOf(html: string): ReadonlyMap<string, readonly string[]> {
  const content = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html)?.[1];
  if (content === undefined) throw new Error('The page has no content security policy.');
  return parsePolicy(content);
}

export function parsePolicy(policy: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    policy.split(';').map((directive) => {
      const [name = '', ...values] = directive.trim().split(/\s+/);
      return [name, values] as const;
    }),
  );
}

/** The findings of csp_evaluator, of any severity. */
export function policyFindings(policy: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const text = [...policy].map(([name, values]) => [name, ...values].join(' ')).join('; ');
  const found = new CspEvaluator(new CspParser(text).csp).evaluate();
  return found.map(
    ({ severity, directive, value, description }) =>
      `${severity} ${directive} ${value ?? ''}: ${description}`,
  );
}

/**
 * The directives of a policy with placeholders for the nonce and for the source of the extension, which differ
 * between pages.
 */
export function normalizedPolicy(policy: ReadonlyMap<string, readonly string[]>, ownSource: string): object {
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

/** A worker is loaded from a blob. */
const workers = { 'worker-src': 'blob:' };
const strictest = {
  'default-src': "'none'",
  'script-src': 'NONCE',
  'style-src': 'OWN',
  'font-src': 'OWN',
  'base-uri': "'none'",
  'form-action': "'none'",
};

/** The exact policy that the panel must have. */
export function expectedPolicy(policy: ReadonlyMap<string, readonly string[]>): object {
  return policy.has('worker-src') ? { ...strictest, ...workers } : strictest;
}
