/** The first line of the output of the host tests; earlier output comes from the window. */
export const testsBegin = 'Tests in the extension host';
