/** The script of a letter, as far as identifiers must not mix scripts. */
export type WordScript =
  | 'latin'
  | 'cyrillic'
  | 'greek'
  | 'armenian'
  /** Scripts that programs do not mix with Latin and whose letters often look Latin. */
  | 'unusual'
  /** Styled Latin letters, fullwidth and mathematical, which Python treats as plain ones. */
  | 'styled'
  | 'click'
  /** Another script in which a letter or a digit looks like "o" or "l". */
  | 'other'
  /** A digit, a mark, or a letter that is not confusable. */
  | 'none';

/** The letter that a letter looks like; 'similar' if most fonts distinguish them at a close look. */
export interface LookAlike {
  readonly letter: string;
  readonly likeness: 'identical' | 'similar';
}

type Range = readonly [first: number, last: number];

const RANGES: readonly (readonly [WordScript, readonly Range[]])[] = [
  ['click', [[0x1c0, 0x1c3]]],
  [
    'latin',
    [
      [0x41, 0x5a],
      [0x61, 0x7a],
      [0xc0, 0xd6],
      [0xd8, 0xf6],
      [0xf8, 0x2af],
      [0x1e00, 0x1eff],
      [0x2c60, 0x2c7f],
      [0xa722, 0xa787],
      [0xa78b, 0xa7ff],
    ],
  ],
  [
    'cyrillic',
    [
      [0x400, 0x481],
      [0x48a, 0x52f],
      [0x1c80, 0x1c8f],
      [0xa640, 0xa66e],
      [0xa680, 0xa69b],
    ],
  ],
  [
    'greek',
    [
      [0x370, 0x373],
      [0x376, 0x377],
      [0x37b, 0x37d],
      [0x37f, 0x37f],
      [0x386, 0x386],
      [0x388, 0x3e1],
      [0x3f0, 0x3ff],
      [0x1f00, 0x1fff],
    ],
  ],
  ['armenian', [[0x531, 0x588]]],
  [
    'unusual',
    [
      [0x3e2, 0x3ef],
      [0x13a0, 0x13fd],
      [0x1400, 0x16f8],
      [0x18b0, 0x18f5],
      [0x2c00, 0x2c5f],
      [0x2c80, 0x2cee],
      [0x2d30, 0x2d67],
      [0xa4d0, 0xa6ef],
      [0xab70, 0xabbf],
      [0x10280, 0x1057f],
      [0x118a0, 0x118ff],
    ],
  ],
  [
    'styled',
    [
      [0x212a, 0x212a],
      // Roman numerals that are never written after a name as a number.
      [0x216c, 0x216f],
      [0x217c, 0x217f],
      [0xff21, 0xff3a],
      [0xff41, 0xff5a],
      [0x1d400, 0x1d6a5],
    ],
  ],
];

export function scriptOf(character: string): WordScript {
  const codePoint = character.codePointAt(0) ?? 0;
  for (const [script, ranges] of RANGES) {
    if (ranges.some(([first, last]) => codePoint >= first && codePoint <= last)) return script;
  }
  return LOOK_ALIKES_OF_OTHER_SCRIPTS.has(character) ? 'other' : 'none';
}

export function lookAlikeOf(character: string, script: WordScript): LookAlike | undefined {
  if (script === 'styled') return { letter: character.normalize('NFKC'), likeness: 'identical' };
  const identical = IDENTICAL.get(character);
  if (identical !== undefined) return { letter: identical, likeness: 'identical' };
  const similar = SIMILAR.get(character) ?? LOOK_ALIKES_OF_OTHER_SCRIPTS.get(character);
  return similar === undefined ? undefined : { letter: similar, likeness: 'similar' };
}

/** Pairs of a letter and the one that it looks like, from the confusables of UTS #39 as editor fonts draw them. */
function pairs(...texts: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    texts
      .join(' ')
      .split(' ')
      .map((pair) => {
        const [character = '', letter = ''] = pair;
        return [character, letter] as const;
      }),
  );
}

const IDENTICAL = pairs(
  'аa еe оo рp сc уy хx іi јj ѕs һh ԁd ԛq ԝw ӏl ѵv үy ԍG',
  'АA ВB ЕE ЅS ІI ЈJ КK МM НH ОO РP СC ТT УY ХX ҮY ԚQ ԜW ԌG ӀI ѴV',
  'ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX οo ϲc ϳj ϹC ͿJ',
  'օo ոn սu հh զq ցg յj ՕO ՏS ԼL ՍU',
  'ᎪA ᏴB ᏟC ᎠD ᎬE ᏀG ᎻH ᏆI ᎫJ ᏦK ᏞL ᎷM ᏢP ᎡR ᏚS ᎢT ᏙV ᏔW ᏃZ ᎽY',
  'ꓐB ꓚC ꓓD ꓰE ꓝF ꓖG ꓧH ꓲI ꓙJ ꓗK ꓡL ꓟM ꓠN ꓳO ꓑP ꓣR ꓢS ꓔT ꓴU ꓦV ꓪW ꓫX ꓬY ꓜZ ꓮA',
  'ⲞO ⲟo ⲢP ⲣp ⲤC ⲥc ᐸ< ᐳ> ǀ| ǃ!',
);
const SIMILAR = pairs('кk гr пn ьb тt нh вb', 'αa γy ιi κk νv ρp υu τt χx', 'ΐi ϊi');
const LOOK_ALIKES_OF_OTHER_SCRIPTS = pairs(
  'סo וl ןl اl هo ഠo ဝo ዐo ㅇo ㅣl 〇o 丨l',
  '०o ০o ੦o ૦o ௦o ౦o ೦o ൦o ๐o ໐o ၀o',
);
