/**
 * What activation has no need of: on a desktop a file of its own, loaded by `import('./features')` when one of
 * these is first asked for. Whatever has a state that others share does not belong here.
 */
export { createCatalogue } from '../core/catalogue';
export { readPastedKey } from '../core/privacy/pasted-key';
export { createChatAttachmentModel } from './attachments/attachment-model';
export { createConsent } from './chat/consent';
export { deleteApiKey, explainSelection, insertLastCode, setApiKey } from './commands/command-actions';
export { createOutgoingReview } from './chat/secret-review';
export { createSubmission } from './chat/submission';
export { createChatTab } from './views/chat-editor';
export { createComparisons } from './editor/comparisons';
export { copyAnswer, copyText } from './editor/copy';
export { insertAtCursor, replaceSelection } from './editor/insert';
export { findWorkspaceFiles, openWorkspaceFile } from './editor/workspace-files';
export { openInNewFile } from './editor/new-file';
export { createHistory } from './history/history';
export { openLink } from './views/open-link';
export { pickModel } from './models/model-picker';
export { createRequestPreview } from './chat/request-preview';
export { readEndpoint } from './models/service-endpoint';
export { showUsage } from './chat/usage-report';
