import type { ListedModel, Deprecation, Retirement } from './model-parser';

/** The model with this ID, or else with this alias. */
export function findModel(models: readonly ListedModel[], name: string): ListedModel | undefined {
  return models.find(({ id }) => id === name) ?? models.find(({ aliases }) => aliases.includes(name));
}

/** The models with their retirements, followed by retired models that are no longer listed. */
export function withRetirements(
  models: readonly ListedModel[],
  deprecations: readonly Deprecation[],
): readonly ListedModel[] {
  const byId = new Map(models.map((model) => [model.id, model]));
  const byAlias = new Map(models.flatMap((model) => model.aliases.map((alias) => [alias, model] as const)));
  const named = (name: string): ListedModel | undefined => byId.get(name) ?? byAlias.get(name);

  const retirements = new Map<ListedModel, Retirement>();
  const unlisted: ListedModel[] = [];
  for (const { id, aliases, ...retirement } of deprecations) {
    const { status, replacedBy } = retirement;
    const successor = replacedBy === undefined ? undefined : named(replacedBy);
    const model = named(id) ?? aliases.map((alias) => byId.get(alias)).find(Boolean);
    // The names of a superseded model become aliases of its successor, which is itself not retired.
    if (model && model !== successor) retirements.set(model, retirement);
    else
      unlisted.push({ ...(status === 'superseded' && successor), id, aliases, retirement, unlisted: true });
  }
  const listed = models.map((model): ListedModel => {
    const retirement = retirements.get(model);
    return retirement ? { ...model, retirement } : model;
  });
  return [...listed, ...unlisted];
}

/** Whether a model is available according to the lists of its service. */
export type Availability =
  /** Includes models that are not in a list, because they may be aliases or deployments of the user. */
  | { readonly kind: 'available' }
  /** The model will be shut down within 30 days. */
  | { readonly kind: 'retiring'; readonly shutdownAt: string }
  | { readonly kind: 'retired' };

const DAY_MS = 24 * 3_600_000;
const NOTICE_DAYS = 30;

/** Whether a model should not be recommended: it ends within 30 days, should have ended, or may end at any time. */
export function isRetiring(retirement: Retirement | undefined, now: number): boolean {
  if (!retirement) return false;
  const { status, shutdownAt } = retirement;
  if (status === 'withdrawn' || shutdownAt === undefined) return true;
  return (Date.parse(shutdownAt) - now) / DAY_MS <= NOTICE_DAYS;
}

/**
 * A date in the past says nothing: the model may have been kept longer, and only the service knows.
 *
 * @param now in ms since 1970
 */
export function availabilityOf(retirement: Retirement | undefined, now: number): Availability {
  if (retirement?.status === 'withdrawn') return { kind: 'retired' };
  const { shutdownAt } = retirement ?? {};
  const days = shutdownAt === undefined ? -1 : (Date.parse(shutdownAt) - now) / DAY_MS;
  return shutdownAt !== undefined && days > -1 && days <= NOTICE_DAYS
    ? { kind: 'retiring', shutdownAt }
    : { kind: 'available' };
}
