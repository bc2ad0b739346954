/** Age up to which a list of models is used without another request to the service, in ms. */
export const MODEL_LIST_MAX_AGE_MS = 10 * 60_000;
