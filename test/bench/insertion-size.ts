/** The size of the insertion that is timed. */
export const cursors = 100;
export const lines = 1000;
