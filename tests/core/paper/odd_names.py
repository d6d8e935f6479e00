"""Names that are hard to print: of many scripts, with stacked marks, joined emoji, from right to left, without end."""

from __future__ import annotations

NAMES = (
    # Latin with all that it can bear.
    "Zoë Nwosu-Łukasik", "Nguyễn Thị Ánh Đặng Ưỡn", "Nguye\u0302\u0303n Thi\u0323 A\u0301nh", "Þórdís Guðmundsdóttir",
    "Ọláṣubọ́mi Adébáyọ̀", "Māhealani Kaʻōpūiki", "Žydrūnas Č. Ŗ", "Şükrü Ağaoğlu İnci", "ǃXóõ ǁKhumanda", "Ŵynne Ŷsgafn",
    "O’Neill-D’Árcy y Sáenz de la O", "Jr. III, Esq. (“Bo”)", "Mỹ-Linh Q. Ượng", "Ɓuuba Ɗan Ƙasa", "Ĳsbrand ĳsselmeer",
    "Straße ẞ ſ", "ﬁona", "Ａｄａ Ｌｏｖｅ", "X Æ A-12", "Z̴̧͑a̵l̶g̷o̸", "a\u0301\u0302\u0303\u0304\u0305b",
    "n\u0304\u0303 m\u0302", "1st 2nd ½ ² ₂ №", "e\u20dd", "|\\/|~^`{}[]<>&;\"'",
    # Greek, Cyrillic, Georgian, Armenian.
    "Ελένη Παπαδοπούλου ᾧ", "Σίσυφος ΑΪ́", "Наталія Шевченко-Ґалаґан", "Ђорђе Њ. Ћирић", "Ѣѳѵ Ӝӟ Ԝ",
    "გიორგი ბერიძე", "ᲒᲘᲝᲠᲒᲘ", "Արամ Խաչատրյան", "և Եւա",
    # Chinese, Japanese, Korean.
    "李明", "李小龙", "歐陽娜娜", "𠮷野 家", "髙橋 﨑", "山田 太郎", "さくら", "佐藤 あかり",
    "ﾊﾝｶｸ ｶﾅ", "サイトウ・ジロー", "김철수", "남궁 민",
    "\u1100\u1161\u11a8", "ㄱㄴㄷ", "李明 (Ming Li)", "王、李。「張」", "㈱日本", "龘靐齉", "〇一二", "阿卜杜拉·买买提",
    # Devanagari, Bengali, Tamil, Thai.
    "क्षत्रिय", "श्री कृष्ण", "प्रिया शर्मा", "ज्ञानेश्वर र्‍य", "क़ ख़", "বাংলা শ্রী", "রবীন্দ্রনাথ ঠাকুর", "தமிழ் கௌரி",
    "ஸ்ரீ லக்ஷ்மி", "สมชาย ใจดี", "น้ำฝน ปู่ญู่", "กฤษฎา ๑๒",
    # From right to left.
    "محمد", "محمد علي", "فاطمة الزهراء", "مُحَمَّد الأمين", "عبد الله", "لا إله", "پریسا گلشیری",
    "اردو ٹھیک ڑ", "می\u200cخواهم",
    "کوردی ڕۆژ", "שרה כהן", "יִצְחָק", "ד״ר שרה ג׳", "ײַדיש", "محمد Smith", "Ada محمد", "محمد ١٢٣", "محمد (أحمد)",
    # Emoji.
    "Bo 😀", "👨‍👩‍👧‍👦", "👩🏽‍💻 Dev", "🇺🇸🇩🇪", "🏳️‍🌈", "❤️", "👍🏿", "☃ ✓ →", "🧑‍🚀🚀",
    "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    # Several at once, and without an end.
    "Ada 李 محمد שרה", "Łukasz 김 क्षत्रिय", "李" * 120, "محمد" * 40, "ก" * 150, "W" * 150, "क्ष" * 60, "ი" * 120,
)  # fmt: skip
