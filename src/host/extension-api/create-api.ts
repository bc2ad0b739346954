import type { ExtensionApi } from './api';

/** The API that activation returns. Its code is loaded with the first call. */
export function createExtensionApi(load: () => Promise<Pick<ExtensionApi, 'ask'>>): ExtensionApi {
  return {
    version: 1,
    async *ask(...given) {
      yield* (await load()).ask(...given);
    },
  };
}
