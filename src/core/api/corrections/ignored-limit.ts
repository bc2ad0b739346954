import type { WireRequest } from '../api-selection';
import type { ClientContext } from '../client-context';
import type { ChatRequest } from '../request';
import type { Correction, Corrections } from './learned-corrections';

type LimitParameter = 'max_completion_tokens' | 'max_tokens' | 'max_output_tokens';

/** Some services ignore one of the two parameter names of the limit, so the other name is sent from now on. */
export function reportIgnoredLimit(
  wire: WireRequest,
  requestIndex: number,
  { endpoint, parameters: { model } }: ChatRequest,
  { learnedCorrections, emit }: ClientContext,
): void {
  const parameter = limitParameterOf(wire);
  const renamed = renameLimit(parameter, learnedCorrections.get(endpoint, model));
  if (renamed) learnedCorrections.learn(endpoint, model, renamed.correction);
  emit({ type: 'limitIgnored', requestIndex, parameter, ...(renamed && { next: renamed.next }) });
}

/** The name under which the limit was sent. */
function limitParameterOf({ api, body }: WireRequest): LimitParameter {
  if (api === 'responses') return 'max_output_tokens';
  return body.max_tokens === undefined ? 'max_completion_tokens' : 'max_tokens';
}

/**
 * The correction that sends the limit under the other name, after the service ignored the first; undefined if the
 * other name was rejected or ignored before.
 */
function renameLimit(
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
