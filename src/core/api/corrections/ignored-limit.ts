import type { WireRequest } from '../api-selection';
import type { Correction, Corrections } from './learned-corrections';

export type LimitParameter = 'max_completion_tokens' | 'max_tokens' | 'max_output_tokens';

/** The name under which the limit was sent. */
export function limitParameterOf({ api, body }: WireRequest): LimitParameter {
  if (api === 'responses') return 'max_output_tokens';
  return body.max_tokens === undefined ? 'max_completion_tokens' : 'max_tokens';
}

/**
 * The correction that sends the limit under the other name, after the service ignored the first; undefined if the
 * other name was rejected or ignored before.
 */
export function renameLimit(
  parameter: LimitParameter,
  learned: Corrections,
): { readonly correction: Correction; readonly next: LimitParameter } | undefined {
  switch (parameter) {
    case 'max_completion_tokens':
      return learned.has('max-completion-tokens')
        ? undefined
        : { correction: 'max-tokens', next: 'max_tokens' };
    case 'max_tokens':
      return learned.has('max-tokens')
        ? undefined
        : { correction: 'max-completion-tokens', next: 'max_completion_tokens' };
    case 'max_output_tokens':
      return undefined;
  }
}
