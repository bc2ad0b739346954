import * as vscode from 'vscode';
import { buildWireRequest, type LearnedCorrections, type Endpoint, type WireRequest } from '../../core/api';
import { curlCommand } from '../../core/api/curl';
import { toMessages } from '../../core/prompt/messages';
import type { TokenCounter } from '../../core/tokens/token-counter';
import type { QuestionBox } from './question-box';
import { settingsFor } from './request-draft';
import { estimateRequest } from './estimates/request-estimate';
import { requestParameters } from './parameters/request-parameters';
import type { SecretReview } from './consent/secret-review';
import { REQUEST_SCHEME as scheme } from '../editor/active-editor';
import { showError, showInformation } from '../notifications';
import type { ModelMetadataService } from '../models/model-metadata';
import { readEndpoint } from '../models/service-endpoint';
import { readSettings } from '../settings';
import type { ApiKeyStore } from '../storage/api-key-store';

/** Shows the request that Send would make now, without the API key. */
export interface RequestPreview {
  dispose(): void;
  /** Opens its JSON as a read-only document. */
  open(): Promise<void>;
  /** Copies the same request as a curl command. */
  copyAsCurl(): Promise<void>;
}

interface Shown {
  readonly wire: WireRequest;
  readonly headers: Endpoint['headers'];
  readonly withKey: boolean;
  /** Number of secrets that the preview shows as placeholders, and about which the user is asked when sending. */
  readonly undecided: number;
}

export interface PreviewServices {
  readonly box: Pick<QuestionBox, 'draft'>;
  readonly attachments: { readonly refresh: () => unknown };
  readonly learnedCorrections: LearnedCorrections;
  readonly models: Pick<ModelMetadataService, 'getSourcedMetadata'>;
  readonly counter: TokenCounter;
  readonly keys: ApiKeyStore;
  readonly loadSecretReview: () => Promise<SecretReview>;
}

export function createRequestPreview(services: PreviewServices): RequestPreview {
  const { box, attachments, learnedCorrections, models, counter, keys, loadSecretReview } = services;
  const uri = vscode.Uri.from({ scheme, path: '/request.json' });
  const changed = new vscode.EventEmitter<vscode.Uri>();
  let shown: Shown | undefined;

  async function request(): Promise<Shown | undefined> {
    const result = readSettings();
    const endpoint = readEndpoint(result.settings);
    if (typeof endpoint === 'string') return undefined;
    // Some changes cause no event, such as a commit in a terminal.
    attachments.refresh();
    const draft = await box.draft();
    const settings = settingsFor(result.settings, draft);
    const apiKey = await keys.get(endpoint.origin);
    const service = { origin: endpoint.origin, ...(apiKey !== undefined && { apiKey }) };
    const review = await loadSecretReview();
    const { content, undecided } = await review.preview({
      ...draft,
      instructions: settings.instructions,
      service,
    });
    const { history, question, instructions } = content;
    const messages = toMessages(history, question, settings.userName);
    const learned = learnedCorrections.get(endpoint, settings.model);
    const { reasoningEffort, context, maxOutput } = models.getSourcedMetadata(settings, endpoint);
    const { model, maxCompletionTokens: limit, n } = settings;
    const metadata = {
      ...(context && { context: context.value }),
      ...(maxOutput && { maxOutput: maxOutput.value }),
    };
    const { answerLimit } = await estimateRequest({ ...content, model, limit, n, metadata }, counter);
    const limited = { ...settings, maxCompletionTokens: answerLimit.tokens };
    const parameters = requestParameters(limited, reasoningEffort?.value);
    const wire = await buildWireRequest({ endpoint, parameters, instructions, messages }, learned);
    // Without a stored key, the user is asked for one before a question is sent; a loopback server needs none.
    const withKey = apiKey === undefined ? !endpoint.loopback : apiKey !== '';
    return { wire, headers: endpoint.headers, withKey, undecided };
  }

  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: () => (shown ? `${JSON.stringify(shown.wire.body, null, 2)}\n` : ''),
  });

  return {
    async open() {
      shown = await request();
      if (!shown) {
        showNoAddress();
        return;
      }
      changed.fire(uri);
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document, { preview: true, viewColumn: columnFor(document) });
      if (shown.undecided > 0) explainPlaceholders();
    },
    async copyAsCurl() {
      // If the preview is open, copies exactly the request that it shows.
      shown ??= await request();
      if (shown) await copy(shown);
      else showNoAddress();
    },
    dispose: () => void vscode.Disposable.from(provider, changed).dispose(),
  };
}

async function copy({ wire, headers, withKey, undecided }: Shown): Promise<void> {
  await vscode.env.clipboard.writeText(curlCommand(wire.url, wire.body, withKey, headers));
  const copied = withKey
    ? vscode.l10n.t(
        'The request was copied as a curl command for a POSIX shell. The command reads your API key from $AIMLAPI_API_KEY.',
      )
    : vscode.l10n.t('The request was copied as a curl command for a POSIX shell.');
  void showInformation(copied);
  if (undecided > 0) explainPlaceholders();
}

/**
 * Opens the preview beside the code, so that its selection stays visible and attached, and the preview stays correct.
 */
function columnFor(document: vscode.TextDocument): vscode.ViewColumn {
  const open = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  return open?.viewColumn ?? vscode.ViewColumn.Beside;
}

function explainPlaceholders(): void {
  void showInformation(
    vscode.l10n.t(
      'The preview shows possible secrets as placeholders. You will be asked about them before anything is sent.',
    ),
  );
}

function showNoAddress(): void {
  void showError(vscode.l10n.t('There is no request to show because o1mini.baseUrl is not a valid address.'));
}
