/**
 * Reads text with the markers of gpt-oss, which a server without a parser for them leaves in the answer:
 * `<|channel|>analysis<|message|>…<|end|><|start|>assistant<|channel|>final<|message|>…<|return|>`.
 */
export interface ChannelReader {
  /** Text is held back while it may be part of a marker. */
  read(text: string): readonly ChannelText[];
  /** The text that is still held back, at the end of the answer. */
  end(): readonly ChannelText[];
}

interface ChannelText {
  readonly type: 'reasoning' | 'text';
  readonly text: string;
}

export const CHANNEL_OPENING = /^\s*<\|(?:start|channel)\|>/;

export const MAY_BE_CHANNEL_OPENING = /^\s*<(?:\|[a-z]{0,7}\|?)?$/;

const MARKER = /<\|(start|channel|message|end|return|call|constrain)\|>/;

const MAY_BE_MARKER = /<(?:\|[a-z]{0,9}\|?)?$/;

/** Longest header of a message in characters, such as "assistant" or "final". A longer one is text. */
const MAX_HEADER_LENGTH = 200;

/** @param state the position in the text: between two messages, in the header of one, or in its text */
type Position = 'between' | 'header' | 'message';

export function createChannelReader(): ChannelReader {
  let position: Position = 'between';
  let held = '';
  let header = '';
  let type: ChannelText['type'] = 'text';
  /** The kinds of text that have arrived: a blank line separates two messages of one kind. */
  const begun = new Set<ChannelText['type']>();
  let isFirstText = true;

  function addText(texts: ChannelText[], text: string): void {
    if (text === '' || (isFirstText && text.trim() === '')) return;
    texts.push({ type, text: isFirstText && begun.has(type) ? `\n\n${text}` : text });
    isFirstText = false;
    begun.add(type);
  }

  function begin(next: ChannelText['type']): void {
    position = 'message';
    type = next;
    isFirstText = true;
  }

  function add(texts: ChannelText[], text: string): void {
    switch (position) {
      case 'between':
        if (text.trim() === '') return;
        begin('text');
        return addText(texts, text);
      case 'header':
        header += text;
        if (header.length <= MAX_HEADER_LENGTH) return;
        begin('text');
        return addText(texts, header);
      case 'message':
        return addText(texts, text);
    }
  }

  function enter(marker: string): void {
    switch (marker) {
      case 'start':
      case 'channel':
        position = 'header';
        header = '';
        return;
      case 'message':
        return begin(/^\s*(?:assistant\s*)?(?:final\b|$)/.test(header) ? 'text' : 'reasoning');
      case 'constrain':
        return;
      default:
        position = 'between';
    }
  }

  return {
    read(added) {
      const texts: ChannelText[] = [];
      let rest = held + added;
      for (let marker = MARKER.exec(rest); marker; marker = MARKER.exec(rest)) {
        add(texts, rest.slice(0, marker.index));
        enter(marker[1] ?? '');
        rest = rest.slice(marker.index + marker[0].length);
      }
      const half = MAY_BE_MARKER.exec(rest)?.index ?? rest.length;
      held = rest.slice(half);
      add(texts, rest.slice(0, half));
      return texts;
    },
    end() {
      const texts: ChannelText[] = [];
      add(texts, held);
      held = '';
      return texts;
    },
  };
}
