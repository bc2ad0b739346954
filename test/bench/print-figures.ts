/** Prints figures in the form that `figuresOf` reads, and ends the process. */
export function printFigures(figures: Promise<unknown>): void {
  figures.then(
    (values) => {
      console.log(`figures ${JSON.stringify(values)}`);
      process.exit(0);
    },
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
}
