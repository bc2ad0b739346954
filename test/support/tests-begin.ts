/** The first line of the host tests; what the window says before it is about itself. */
export const testsBegin = 'Tests in the extension host';
