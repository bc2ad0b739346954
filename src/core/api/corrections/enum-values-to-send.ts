import { permittedValue, type EnumParameter } from '../../models/parameter-values';
import { builtInModel } from '../../models/built-in-models';
import type { ChatParameters } from '../request';
import { OMITTING_CORRECTIONS, type Corrections } from './learned-corrections';

/** The value of a parameter to send to a model; undefined if it is left out. */
export function valueToSend(
  parameter: EnumParameter,
  parameters: Pick<ChatParameters, 'model' | EnumParameter>,
  learned: Corrections,
): string | undefined {
  const wanted = parameters[parameter];
  // The models of the built-in list accept neither parameter.
  if (wanted === undefined || builtInModel(parameters.model) || learned.has(OMITTING_CORRECTIONS[parameter]))
    return undefined;
  return permittedValue(wanted, learned.properties?.[parameter] ?? {});
}
