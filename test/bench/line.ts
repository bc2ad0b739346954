/** One figure of the bench, and whether it is as good as it has to be. */
export interface BenchLine {
  readonly text: string;
  readonly reached: boolean;
}
