/** The types of the messages between the host and its webviews, each inferred from the schema that checks it. */
export type { Action } from './actions';
export type { QuestionBoxRequest, CodeBlockAction, FromWebviewMessage } from './from-webview';
export type { FormulaAction, PostMessage, ToWebviewMessage } from './to-webview';
export type {
  AnswerView,
  AttachedItemView,
  AttachmentView,
  Button,
  Change,
  ChoiceView,
  CompletionView,
  DetailView,
  EditView,
  EstimateView,
  ResponseDetailsView,
  ErrorCard,
  AnswerNoticeView,
  RunningView,
  QueuedQuestionView,
  SelectionView,
  StatusView,
  SummaryView,
  TurnView,
} from './views';
