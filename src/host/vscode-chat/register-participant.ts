import * as vscode from 'vscode';
import type { Participant } from './participant';

/** Registers the participant of the manifest. Its code is loaded with the first question. */
export function registerParticipant(
  extensionUri: vscode.Uri,
  load: () => Promise<Participant>,
): vscode.Disposable {
  const participant = vscode.chat.createChatParticipant('o1mini.participant', async (...given) =>
    (await load()).handle(...given),
  );
  participant.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icon.png');
  participant.followupProvider = {
    provideFollowups: async (...given) => (await load()).provideFollowups(...given),
  };
  return vscode.Disposable.from(participant);
}
