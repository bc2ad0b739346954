import type { ModelInfo, Deprecation, Retirement } from './model-parser';

/** The model with this ID, or else with this alias. */
export function findModel(models: readonly ModelInfo[], name: string): ModelInfo | undefined {
  return models.find(({ id }) => id === name) ?? models.find(({ aliases }) => aliases.includes(name));
}

/** The models with their retirements, followed by retired models that are no longer listed. */
export function withRetirements(
  models: readonly ModelInfo[],
  deprecations: readonly Deprecation[],
): readonly ModelInfo[] {
  const byId = new Map(models.map((model) => [model.id, model]));
  const byAlias = new Map(models.flatMap((model) => model.aliases.map((alias) => [alias, model] as const)));
  const named = (name: string): ModelInfo | undefined => byId.get(name) ?? byAlias.get(name);

  const retirements = new Map<ModelInfo, Retirement>();
  const unlisted: ModelInfo[] = [];
  for (const { id, aliases, ...retirement } of deprecations) {
    const { status, replacedBy } = retirement;
    const successor = replacedBy === undefined ? undefined : named(replacedBy);
    const model = named(id) ?? aliases.map((alias) => byId.get(alias)).find(Boolean);
    // The names of a superseded model become aliases of its successor, which is itself not retired.
    if (model && model !== successor) retirements.set(model, retirement);
    else
      unlisted.push({ ...(status === 'superseded' && successor), id, aliases, retirement, unlisted: true });
  }
  const listed = models.map((model): ModelInfo => {
    const retirement = retirements.get(model);
    return retirement ? { ...model, retirement } : model;
  });
  return [...listed, ...unlisted];
}
