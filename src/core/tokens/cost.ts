/** What sending a text would take, without counting it: enough to ask first where it is much. */
export interface CostEstimate {
  /** Tokens of the prompt, from the rule of thumb of four characters each. */
  readonly tokens: number;
  /** US dollars for the prompt at the public list price; absent for a model whose price is not known here. */
  readonly usd?: number;
  /** True where the model could not read it all. */
  readonly exceedsContext: boolean;
}

const charactersPerToken = 4;

/** o1-mini's public figures: US dollars per million tokens of prompt, and tokens of context. */
const o1Mini = { usdPerMillion: 1.1, context: 128_000 };

export function estimateCost(characters: number, model: string): CostEstimate {
  const tokens = Math.ceil(characters / charactersPerToken);
  if (!/^o1-mini(-\d{4}-\d{2}-\d{2})?$/.test(model)) return { tokens, exceedsContext: false };
  return { tokens, usd: (tokens * o1Mini.usdPerMillion) / 1e6, exceedsContext: tokens > o1Mini.context };
}
