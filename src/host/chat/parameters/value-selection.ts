import * as vscode from 'vscode';
import type { Conversation } from '../../../core/chat/conversation';
import type { Sessions } from '../../../core/chat/sessions';
import {
  mergeSelectedValues,
  offeredValues,
  type EnumParameter,
} from '../../../core/models/parameter-values';
import { sanitizeLine } from '../../../core/text/untrusted-text';
import type { ModelMetadataService } from '../../models/model-metadata';
import { readEndpoint } from '../../models/service-endpoint';
import { showInformation, whenPressed } from '../../notifications';
import { readSettings } from '../../settings';
import type { NextQuestionValues } from '../request-draft';
import type { ThinkingTimeStats } from '../estimates/thinking-time-stats';
import { showValuePicker, type ValueChoice, type ValuePickerTexts } from './value-picker';

export interface ValueSelectionServices {
  readonly sessions: Sessions;
  readonly models: Pick<ModelMetadataService, 'getSourcedMetadata'>;
  readonly nextValues: NextQuestionValues;
  readonly thinkingTimes: Pick<ThinkingTimeStats, 'typicalAnswer'>;
  readonly selectModel: () => Promise<void>;
  /** Called when a value of the next question may have changed. */
  readonly onDidChange: () => unknown;
}

/** Lets the user select the value of a parameter for the next question, the chat, or all chats. */
export async function selectParameterValue(
  parameter: EnumParameter,
  services: ValueSelectionServices,
): Promise<void> {
  const { sessions, models, nextValues, thinkingTimes } = services;
  const { settings } = readSettings();
  const { model } = settings;
  const endpoint = readEndpoint(settings);
  const known = typeof endpoint === 'string' ? undefined : models.getSourcedMetadata(settings, endpoint);
  const accepted = known?.[parameter]?.value;
  if (accepted?.length === 0) {
    explainMissingParameter(parameter, model, services.selectModel);
    return;
  }
  const { conversation } = sessions.shown;
  const next = nextValues.get(conversation.id) ?? {};
  const { [parameter]: current = settings[parameter] } = mergeSelectedValues(next, conversation);
  const origin = typeof endpoint === 'string' ? '' : endpoint.origin;
  const chosen = await showValuePicker({
    texts: textsOf(parameter, sanitizeLine(model), accepted !== undefined),
    values: offeredValues(accepted, known?.rejectedValues?.[parameter] ?? []),
    current,
    scope: next[parameter] === undefined ? 'chat' : 'question',
    // Times and costs are recorded by effort only.
    describe: (value) =>
      (parameter === 'reasoningEffort' &&
        thinkingTimes.typicalAnswer({ origin, model, reasoningEffort: value })) ||
      '',
  });
  if (!chosen) return;
  await apply(parameter, chosen, conversation, services);
  services.onDidChange();
}

async function apply(
  parameter: EnumParameter,
  { value, scope }: ValueChoice,
  { id }: Conversation,
  { sessions, nextValues }: ValueSelectionServices,
): Promise<void> {
  const { [parameter]: before, ...others } = nextValues.get(id) ?? {};
  if (scope === 'question') {
    nextValues.set(id, { ...others, [parameter]: value });
    return;
  }
  nextValues.set(id, others);
  const session = sessions.find(id);
  if (scope === 'chat') {
    session?.change({ type: 'valueSelected', parameter, value });
    return;
  }
  // The chat follows the setting from now on.
  session?.change({ type: 'valueSelected', parameter });
  const configuration = vscode.workspace.getConfiguration('o1mini');
  await configuration.update(parameter, value, vscode.ConfigurationTarget.Global);
}

/** @param isListed whether the values that the model accepts are known */
function textsOf(parameter: EnumParameter, model: string, isListed: boolean): ValuePickerTexts {
  switch (parameter) {
    case 'reasoningEffort':
      return {
        title: vscode.l10n.t('Reasoning Effort of {0}', model),
        placeholder: isListed
          ? vscode.l10n.t('Select how much the model reasons')
          : vscode.l10n.t(
              'Select how much the model reasons. The service does not list the values that this model accepts',
            ),
        setting: 'o1mini.reasoningEffort',
      };
    case 'verbosity':
      return {
        title: vscode.l10n.t('Verbosity of {0}', model),
        placeholder: isListed
          ? vscode.l10n.t('Select how detailed the answers are')
          : vscode.l10n.t(
              'Select how detailed the answers are. The service does not list the values that this model accepts',
            ),
        setting: 'o1mini.verbosity',
      };
  }
}

function explainMissingParameter(
  parameter: EnumParameter,
  model: string,
  selectModel: () => Promise<void>,
): void {
  const select = vscode.l10n.t('Select Model');
  const text =
    parameter === 'reasoningEffort'
      ? vscode.l10n.t(
          '{0} does not support reasoning effort. Select another model to choose how much it reasons.',
        )
      : vscode.l10n.t(
          '{0} does not support verbosity. Select another model to choose how detailed its answers are.',
        );
  whenPressed(showInformation(text, [model], select), select, selectModel);
}
