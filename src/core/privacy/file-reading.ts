/** The result of reading a file. */
export type FileReading =
  /** `realPath`: of the file that was read, without links in it. */
  | { readonly kind: 'read'; readonly bytes: Uint8Array; readonly realPath: string }
  | { readonly kind: 'too-large'; readonly size: number }
  | { readonly kind: 'folder' }
  /** A pipe, a device, a socket, or a virtual file such as those in /proc. */
  | { readonly kind: 'special' }
  /** Another file had taken its place before it could be read. */
  | { readonly kind: 'changed' };
