/** The actions of the buttons of errors and notices. Each is also the message that the button sends. */
export const actions = [
  'setApiKey',
  'openSettings',
  'selectModel',
  'selectReasoningEffort',
  'selectVerbosity',
  /** Selects the model that the service names in place of a retired one, and sends the question again. */
  'useReplacement',
  /** Sets the address that the error suggests, and sends the question again. */
  'useAddress',
  'retry',
  /** Sends the question again without what the model cannot hold. */
  'retryShorter',
  /** Sends the question again with twice the token limit. */
  'retryDoubled',
  'continueAnswer',
  /** Requests a summary of the earlier turns. */
  'summarizeTurns',
  /** Compares the changes that the last answer proposes with their files. */
  'reviewChanges',
  /** Removes the attachments that cannot be read. */
  'removeUnusableAttachments',
  /** Tries again to save what could not be saved. */
  'retrySaving',
  /** Lets the user save in another place what could not be saved. */
  'exportUnsaved',
  'showLog',
] as const;

export type Action = (typeof actions)[number];
