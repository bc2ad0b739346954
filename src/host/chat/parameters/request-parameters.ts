import type { ChatParameters } from '../../../core/api';
import { permittedValue } from '../../../core/models/parameter-values';
import type { Settings } from '../../settings';

/**
 * The parameters of a request, as the settings have them.
 *
 * @param efforts the values of the reasoning effort that the model accepts, if they are known
 */
export function requestParameters(settings: Settings, efforts?: readonly string[]): ChatParameters {
  const {
    model,
    maxCompletionTokens,
    tokenLimitParameter,
    stream,
    includeUsage,
    n,
    seed,
    api,
    reasoningSummary,
    reasoningEffort,
    verbosity,
  } = settings;
  const effort =
    efforts && reasoningEffort !== 'default'
      ? (permittedValue(reasoningEffort, { accepted: efforts }) ?? 'default')
      : reasoningEffort;
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
    ...(effort !== 'default' && { reasoningEffort: effort }),
    ...(verbosity !== 'default' && { verbosity }),
  };
}
