import type { Settings } from '../settings';
import type { ApiKeyStore } from '../storage/api-key-store';
import type { ModelMetadata, ModelMetadataService } from './model-metadata';
import { readEndpoint } from './service-endpoint';

export interface MetadataServices {
  readonly models: Pick<ModelMetadataService, 'getMetadata'>;
  readonly keys: Pick<ApiKeyStore, 'get'>;
}

/** The metadata of the model in the settings; empty if the address in the settings is not valid. */
export async function selectedModelMetadata(
  settings: Settings,
  { models, keys }: MetadataServices,
): Promise<ModelMetadata> {
  const endpoint = readEndpoint(settings);
  if (typeof endpoint === 'string') return {};
  return models.getMetadata(settings, endpoint, await keys.get(endpoint.origin));
}
