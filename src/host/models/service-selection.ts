import * as vscode from 'vscode';
import { showInformation, showWarning } from '../notifications';
import { readSettings } from '../settings';
import type { ModelMetadataService } from './model-metadata';
import { showModelPicker } from './model-picker';
import { readEndpoint } from './service-endpoint';

interface KnownService {
  readonly id: string;
  readonly name: string;
  readonly baseUrl: string;
  readonly isLocal: boolean;
}

/** Servers with the ports that they use by default. */
const localServices: readonly KnownService[] = [
  { id: 'ollama', name: 'Ollama', baseUrl: 'http://localhost:11434', isLocal: true },
  { id: 'llamaCpp', name: 'llama.cpp', baseUrl: 'http://localhost:8080', isLocal: true },
];

/**
 * Selects a service, with one of its models if the server is local. Changes nothing while a local server does not
 * respond or has no models.
 *
 * @param id of the service, as a link of the walkthrough passes it; the user chooses where it is not known
 */
export async function selectService(
  models: Pick<ModelMetadataService, 'requestModelList'>,
  id: unknown,
): Promise<void> {
  const known = [hostedService(), ...localServices];
  const service = known.find((each) => each.id === id) ?? (await pickService(known));
  if (!service) return;
  if (service.isLocal) await useLocalServer(service, models);
  else await applyService(service, undefined);
}

/** The service in the defaults of the settings. */
function hostedService(): KnownService {
  const baseUrl = vscode.workspace.getConfiguration('o1mini').inspect<string>('baseUrl')?.defaultValue ?? '';
  return { id: 'aimlapi', name: 'AI/ML API', baseUrl, isLocal: false };
}

async function pickService(known: readonly KnownService[]): Promise<KnownService | undefined> {
  const items = known.map((service) => ({
    label: service.name,
    description: service.baseUrl,
    detail: service.isLocal
      ? vscode.l10n.t('A server on this computer. No API key is needed.')
      : vscode.l10n.t('Requires an account and an API key.'),
    service,
  }));
  const options = { title: vscode.l10n.t('Service'), placeHolder: vscode.l10n.t('Select a service') };
  return (await vscode.window.showQuickPick(items, options))?.service;
}

async function useLocalServer(
  service: KnownService,
  models: Pick<ModelMetadataService, 'requestModelList'>,
): Promise<void> {
  const { settings } = readSettings();
  const endpoint = readEndpoint({ ...settings, baseUrl: service.baseUrl });
  if (typeof endpoint === 'string') throw new Error(endpoint);
  const result = await models.requestModelList(endpoint, undefined);
  const names = result.models.map((model) => model.id);
  if (result.source !== 'fresh' || names.length === 0) {
    const text =
      result.source === 'fresh'
        ? vscode.l10n.t('{0} has no models. Download a model, then try again. The settings were not changed.')
        : vscode.l10n.t(
            '{0} does not respond at {1}. Start the server, then try again. The settings were not changed.',
          );
    const tryAgain = vscode.l10n.t('Try Again');
    const choice = await showWarning(text, [service.name, service.baseUrl], tryAgain);
    if (choice === tryAgain) await useLocalServer(service, models);
    return;
  }
  const [first = '', ...others] = names;
  const current = names.includes(settings.model) ? settings.model : first;
  const model = others.length > 0 ? await showModelPicker(Promise.resolve(result), current) : first;
  if (model !== undefined) await applyService(service, model);
}

/** @param model undefined for the default of the settings */
async function applyService(
  { name, baseUrl, isLocal }: KnownService,
  model: string | undefined,
): Promise<void> {
  const settings = vscode.workspace.getConfiguration('o1mini');
  await settings.update('baseUrl', isLocal ? baseUrl : undefined, vscode.ConfigurationTarget.Global);
  await settings.update('model', model, vscode.ConfigurationTarget.Global);
  void showInformation(vscode.l10n.t('Questions are now sent to {0} at {1}.'), [name, baseUrl]);
}
