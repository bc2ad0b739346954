/** Code with real text in many scripts, which must not cause an alarm. Invisible characters are written as escapes. */
export const realCode: Readonly<Record<string, string>> = {
  'an Arabic string':
    'const greeting = "مرحبا بالعالم"; // تحية للمستخدم\nconsole.log(greeting, "السعر: 10 ريال (شامل)");\n',
  'Arabic with directional marks':
    'msg = "الإصدار \u200e(v1.0)\u200e متاح\u200f!"\ntitle = "C++\u200f لغة"\n',
  'Arabic with an Arabic letter mark': 'x = "\u061c١٢٣ ريال"\n',
  'Arabic with vowels, numbers and a tatweel': 'verse = "بِسْمِ ٱللَّهِ ٱلرَّحْمَٰنِ ٱلرَّحِيمِ ١٢٣ ـــ ۝١"\n',
  'Persian joiners':
    'label = "می\u200cخواهم کتاب\u200cها را ببینم؛ کوچک\u200cترین آن\u200cها"\n# نمی\u200cشود خانه\u200cای\n',
  'Persian joiners after foreign words': 'x = "فایل PDF\u200cها و «مقاله»\u200cها در ۲۴\u200cساعت"\n',
  'Persian abbreviation of the Hijri year': 'year = "۱۴۰۰ ه\u200d.ش و ه\u200d ق"\n',
  'Urdu and Kurdish': 'city = "لاہور"; name = "کورد\u200cستان، به\u200cڕێز"\n',
  'a Hebrew string': 'let s = "שלום עולם"; // הערה בעברית: בדיקה (1)\nconst t = "גרסה 2.0 - בטא";\n',
  'Hebrew with marks and vowels': 'x = "שָׁלוֹם \u200fabc\u200f עולם\u200e!" # בְּרֵאשִׁית\n',
  Yiddish: 'const x = "ייִדיש איז שיין";\n',
  'Devanagari joiners': 'नाम = "क्\u200dष और क्\u200cष, श्री, विद्\u200cया"\n# पक्का कर्\u200dमी\n',
  'Marathi, Nepali': 'x = "दऱ्\u200dया, र्\u200dयाक, गर्\u200dयो"\n',
  'Bengali joiners': 'x = "র\u200d্যাব, উদ্\u200cঘাটন, বাংলা"\n',
  'Malayalam joiners': 'x = "അവന്\u200d, മലയാളം, നില്\u200dക്കുക, കണ്\u200d"\n',
  'Kannada, Telugu, Tamil': 'x = "ರ\u200d್ಯಾಂಕ್, ರಾಷ್ಟ್ರ್\u200cಗೆ, ఫ్రాన్స్\u200cలో, தமிழ்"\n',
  'Sinhala joiners': 'x = "ශ්\u200dරී ලංකා, ක්\u200dෂ"\n',
  'Thai, Lao and Khmer with zero width spaces':
    'x = "ภาษา\u200bไทย ພາສາ\u200bລາວ ភាសា\u200bខ្មែរ မြန်မာ\u200bဘာသာ"\n',
  Mongolian: 'x = "ᠮᠣᠩᠭᠣᠯ\u180eᠠ ᠪᠢᠴᠢᠭ᠌ᠦᠨ"\n',
  'emoji with joiners':
    'const team = "👨\u200d👩\u200d👧\u200d👦 👩🏽\u200d💻 🏳\ufe0f\u200d🌈 🏴\u200d☠\ufe0f 🧑🏿\u200d🤝\u200d🧑🏻 ❤\ufe0f\u200d🔥 🕵🏻\u200d♂\ufe0f 🐻\u200d❄\ufe0f 😮\u200d💨 👁\ufe0f\u200d🗨\ufe0f 🙂\u200d↔\ufe0f ⛓\ufe0f\u200d💥";\n',
  'emoji with variation selectors':
    'echo "✔\ufe0f ☎\ufe0e ©\ufe0f ™\ufe0f ⚠\ufe0f ▶\ufe0f ℹ\ufe0f 1\ufe0f\u20e3 #\ufe0f\u20e3 *\ufe0f\u20e3 ↔\ufe0f ㊗\ufe0f 〰\ufe0f ☝\ufe0f ☝🏽"\n',
  flags:
    'flags = ["🇫🇷", "🇯🇵", "🇺🇳", "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}", "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}🏴\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}", "🏴\u{e0075}\u{e0073}\u{e0074}\u{e0078}\u{e007f}"]\n',
  Chinese:
    '// 注意：这里需要检查参数，（默认值为 3）　　缩进\nconst 名称 = "你好，世界！"; // ＡＰＩ　文档\n',
  Japanese: '# 関数の説明：ｶﾀｶﾅ、ひらがな、漢字。第１回　ユーザー名\nx = "プログラミング　言語" # 　字下げ\n',
  Korean: 'let 이름 = "안녕하세요, 세계!"; // 함수는 값을 반환한다 (API v2)\n',
  'ideographic variation sequences': 'x = "辻\u{e0100}さん、葛\u{e0101}飾区、邉\u{e0102}、\u8fbb\ufe00"\n',
  'variants of East Asian punctuation and of mathematics': 'x = "、\ufe00。\ufe01“\ufe00 ≨\ufe00 ∩\ufe00"\n',
  Vietnamese:
    'print("Xin chào thế giới! Việt Nam, đường, nguyễn")\nx = "Viê\u0323t Nam nguye\u0302\u0303n" # tổ hợp\n',
  'combining marks':
    'const s = "e\u0301 n\u0303 a\u0308 o\u0302\u0301 Z\u0335 x\u0304"; let cafe\u0301 = 1; let ünïcödé = 2;\n',
  'African and native languages':
    'x = "Yorùbá ọ̀rẹ́, Hausa ƙasa ɓ, Éwé ŋutsu ɖ, ǃXóõ ǀXam Nǀuu ǂHoan ǁAni, Hawaiʻi"\n',
  'European languages': 'x = "Straße Übermaß façade žluťoučký łódź İstanbul ışık çğ þórr æðelø"\n',
  Russian:
    '// а также с ними: о чём, у нас\nconst город = "Москва"; let х_координата = 1; // а\nsay("Привет, мир"); // ура\n',
  'Ukrainian, Serbian, Bulgarian': 'x = "Київ, їжак, ґава, Љубав, Ђорђе, Ѓорѓи, Ќ"; // і я, і ти\n',
  'Russian endings on abbreviations': '// HTTP-запрос, PHPшник, API и JSONы, userПароль, iOS-разработка\n',
  Greek: '// Καλημέρα κόσμε; η τιμή του ΑΒΓ είναι 3· Ο ΑΝΘΡΩΠΟΣ\nlet μήνυμα = "γειά σου";\n',
  'Greek in formulas':
    'α = 0.1; β₁ = 2; Δx = x1 - x0; ΔT = 3; λ_max = 5; ρ_0 = 1; μs = 2; σ² = v; dθ = 0.1; πr² = 3; ρgh = 1; ħω; hν; ν = 3\nθ̇ = dρ / dt; dσdΩ = 2; kΩ = 1; ∇φ; ∂u/∂x; xᵢ + yⱼ; ε0; κ = 1\n',
  'mathematical letters': '// 𝑓(𝑥) = 𝑎𝑥² + 𝑏𝑥 + 𝑐, 𝐀𝐱 = 𝐛, ℝⁿ → ℂ, 𝔼[X], 𝜃 ∈ 𝛩, 𝒪(n), d𝑥, 2𝑥\n',
  Armenian: 'x = "Բարեւ աշխարհ"; // օրինակ\n',
  Georgian: 'x = "გამარჯობა მსოფლიო"; // API-ს\n',
  'Ethiopic, Cherokee, Inuktitut': 'x = "ሰላም ልዑል ᎣᏏᏲ ᐃᓄᒃᑎᑐᑦ"\n',
  Tibetan: 'x = "བཀྲ་ཤིས་བདེ་ལེགས།"\n',
  'box drawing and blocks': '┌──┬──┐\n│ a│ b│ ▓▒░█▄▀\n└──┴──┘\n├── src\n│   └── main.ts\n╔══╗ ━┓ ▲▼◆○●\n',
  braille: 'const frames = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";\nart = "⣿⠀⠀⣿⠀⡇"\n',
  'symbols and arrows': 'x → y ⇒ z ≤ ≥ ≠ ∀ ∃ ∈ ∑ ∫ √ ∞ × ÷ ± ° § ¶ † • … “q” ‘a’ «b» – — € £ ¥ ½ ① Ⅷ №\n',
  'APL and Raku': 'avg←{(+⌿⍵)÷≢⍵} ⋄ x←⍳10\nmy @a = <a b>».uc; say π × 2 ∘ 3;\n',
  'a byte order mark at the start': '\ufeffusing System;\nclass A {}\n',
  'page breaks': '\f\n;;; page\n\f\n(defun f ())\nclass A:\n    pass\n\f\nclass B:\n    pass\n',
  'line ends and tabs': 'a\r\n\tb\r\nc\td\n',
  French: '// Attention\u00a0: ceci coûte 10\u202f000\u00a0€, «\u00a0oui\u00a0»\u202f!\nputs "Prêt\u00a0?"\n',
  'written escapes': 'printf("\\x1b[31m \\u202e \\u200b \\0");\n',
  'the replacement character': 'if s == "\ufffd": raise ValueError\n',
};
