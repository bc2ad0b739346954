import type { ChatParameters } from '../../core/api';
import type { Settings } from '../settings';

/** The parameters of a request, as the settings have them. */
export function requestParameters({
  model,
  maxCompletionTokens,
  tokenLimitParameter,
  stream,
  includeUsage,
  n,
  seed,
  api,
  reasoningSummary,
}: Settings): ChatParameters {
  return {
    model,
    maxCompletionTokens,
    tokenLimitParameter,
    stream,
    includeUsage,
    n,
    seed,
    api,
    ...(reasoningSummary !== 'default' && { reasoningSummary }),
  };
}
