import type { Turn } from './turn';

/** All turns there are, also those of versions that are not shown. */
export function* everyTurn(turns: readonly Turn[]): Generator<Turn> {
  for (const turn of turns) {
    yield turn;
    for (const branch of [...(turn.versions?.before ?? []), ...(turn.versions?.after ?? [])]) {
      yield* everyTurn(branch);
    }
  }
}

/** The same turns, each changed, also those of versions that are not shown. */
export function mapTurns(turns: readonly Turn[], change: (turn: Turn) => Turn): readonly Turn[] {
  return turns.map((turn) => mapTurn(turn, change));
}

function mapTurn(turn: Turn, change: (turn: Turn) => Turn): Turn {
  const { versions, ...changed } = change(turn);
  if (!versions) return changed;
  const { before, after } = versions;
  return {
    ...changed,
    versions: {
      before: before.map(([first, ...rest]) => [mapTurn(first, change), ...mapTurns(rest, change)]),
      after: after.map(([first, ...rest]) => [mapTurn(first, change), ...mapTurns(rest, change)]),
    },
  };
}
