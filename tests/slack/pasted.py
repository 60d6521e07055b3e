"""What people paste: articles with short paragraphs at both ends, and the wishes around them."""

from bot.briefing.requests import Wishes

BODY = """\
The council of Harrow Vale voted on Tuesday night to replace the old swing bridge over the Ouse,
ending a dispute that has divided the town for almost six years and cost two mayors their office.
The new bridge is to open in the spring of 2029, the chairwoman of the works committee said.

Officials put the price at 41 million crowns, of which the county is to pay a third. The railway
has offered to carry the cost of the signals, provided that freight trains may cross at night.
Residents of the lower town, who had collected 3,100 signatures against it, said that they would
go to court before the summer.

“We have waited long enough,” the mayor, Ines Calder, told reporters after the vote. She added
that no house would have to make way and that the ferry would run until the last day of works."""

ARABIC = """\
صوت مجلس المدينة مساء الثلاثاء لصالح بناء جسر جديد فوق النهر بعد خلاف دام ست سنوات بين سكان
الحي القديم والبلدية. وقالت رئيسة لجنة الأشغال إن الجسر الجديد سيفتح أمام السيارات في ربيع عام
2029 وإن كلفته تبلغ واحدا وأربعين مليونا تدفع المحافظة ثلثها.

وأضافت رئيسة البلدية أن أي منزل لن يهدم وأن العبارة ستعمل حتى اليوم الأخير من الأشغال، في حين
قال سكان الحي الأسفل إنهم سيلجأون إلى القضاء قبل الصيف."""

CHINESE = """\
市议会周二晚间投票决定更换横跨河流的旧桥,结束了近六年来困扰该镇的争议。新桥将于2029年春季通车,工程委员会主席说。

官员称造价为四千一百万克朗,其中三分之一由县政府承担。铁路公司愿意支付信号系统的费用,条件是货运列车可以在夜间通过。下城的居民表示将在夏季之前提起诉讼。

市长在投票后对记者说,我们已经等得够久了。她补充说,没有房屋需要拆除,渡轮将一直运行到施工的最后一天。"""

# How articles begin: none of it is said to the bot.
OPENINGS = (
    "Make or break for the coalition",
    "Summary",
    "In brief",
    "In short",
    "Key points",
    "Analysis",
    "Opinion",
    "POLITICS",
    "5 min read",
    "HARROW VALE, 3 May",
    "By Marta Lind and Tom Okafor",
    "What we know so far",
    "Brief encounter at the summit",
    "Brief: water rates",
    "Short and sweet: a budget in four pages",
    "For the minister, a second defeat",
    "Explained: why the ferry stopped",
    "Translate that into votes",
    "Tell us the truth, miners say",
    "Please, no more promises",
    "In French schools, phones stay off",
    "In English, please: the court drops its Latin",
    "Keep it short, judge tells lawyers",
    "Focus on the railway, says the auditor",
    "Read this before you vote",
    "Compare and contrast: two budgets, one hole",
    "Make it rain: the desert town that farms fog",
    "List of the dead is read in parliament",
    "Give us the figures, opposition demands",
    "Stop the dam, villagers say",
    "Mute swans return to the harbour",
    "Shorter days, longer queues",
    "Explain yourself, minister",
    "How the ferry failed",
    "Why nobody pays for the bridge",
    "Can the deal hold? Three views from the harbour",
    "Key facts:",
    "The statement in full:",
    "Text: Marta Lind",
    "TL;DR",
    "The short version",
    "English",
    "Read this",
    "Help wanted",
    "Thanks for nothing",
    "On the waterfront",
    "About the author",
    "Readout: minister meets mayor",
    "Résumé",
    "Zusammenfassung",
    "Кратко",
    "总结",
)

# How articles end: none of it is said to the bot either.
CLOSINGS = (
    "The inquiry continues.",
    "Reporting by Marta Lind; editing by Tom Okafor.",
    "Read more: The ferry that never sailed",
    "What happens next is unclear.",
    "Can the deal hold?",
    "So who pays for the bridge?",
    "What does this mean for the railway?",
    "What would you do?",
    "Will it be enough?",
    "Please send tips to desk@gazette.example.",
    "In short, nobody knows.",
    "In brief",
    "Contact the newsroom: 555 0134.",
    "More details are expected on Friday.",
    "Explain that to the voters.",
    "Summarise that on a postcard.",
    "Translate that into jobs.",
    "Tell us what you think.",
    "Please keep it brief, the chairman said.",
    "“In French, please,” she said.",
    "Make it short, the mayor said, and sat down.",
    "Give me the bridge and I will give you the votes, he said.",
    "Translate this article",
    "Share this article",
    "Read this in French",
    "Also available in Spanish.",
    "This article is also available in German.",
    "Write to us in English or French.",
    "For the minister, the matter is closed.",
    "Please brief the others, she told him.",
    "Could you make ends meet on that?",
    "Can you help us? Write to the desk.",
    "Do you work at the port? Tell us.",
    "Would you pay more? Let us know in the comments.",
    "Focus on what matters.",
    "Stop.",
    "Short of a miracle, the plant will close.",
    "Want a summary? Subscribe to our briefing.",
    "Sign up for our morning briefing",
    "Sign up for the newsletter: a short briefing for busy readers.",
    "Correction: An earlier version of this article named the wrong minister.",
    "Please note: the figures were revised on 4 May.",
    "© Harrow Vale Gazette",
    "Ends",
    "###",
    "Short form: 12 pages. Long form: 300.",
    "Explainer: how the ferry failed",
    "Translated into French by Ana Ruiz.",
    "tl;dr: nobody pays.",
    "Who voted how:\n• Calder: for\n• Brandt: against\n• Oduya: absent",
    "Watch this space.",
    "Please subscribe.",
    "Brief answers are the best.",
    "Compare the two drafts and judge for yourself.",
    "Briefing papers are at the town hall, in English and in French.",
    "Make of that what you will.",
    "Check the facts for yourself.",
    "Please recycle this paper.",
    "Thanks!",
    "Why?",
    "Help.",
    "Translate this page",
    "This is a developing story.",
    "A summary of this report is available in French.",
    "Get the briefing in your inbox every morning",
    "Would you like this in French?",
    "Please respond in English.",
    "Read more at https://gazette.example/news/bridge",
    "Readout of the meeting follows.",
    "Bitte weitersagen.",
    "Merci de votre lecture.",
    "Por favor, comparta este artículo.",
    "Читайте также на русском.",
    "请分享。",
)

# Typed before the pasted text, with the wish in it; each of them is addressed to the bot.
WISHES_BEFORE = (
    ("in French please", Wishes("fr")),
    ("in French, short", Wishes("fr", "short")),
    ("short, for the minister", Wishes(length="short", audience="the minister")),
    ("for the minister", Wishes(audience="the minister")),
    ("focus on the railway", Wishes(angle="the railway")),
    ("short please", Wishes(length="short")),
    ("Short, please.", Wishes(length="short")),
    ("tl;dr", Wishes(length="short")),
    ("in brief", Wishes(length="short")),
    ("pls summarize", Wishes()),
    ("Please summarise this in German:", Wishes("de")),
    ("Summarise the following:", Wishes()),
    ("Summarise this in three sentences.", Wishes(length="short", points=2)),
    ("Can you brief this?", Wishes()),
    ("Could you please summarise the article below?", Wishes()),
    ("The link did not work, so here’s the text:", Wishes()),
    ("Here is the article:", Wishes()),
    ("brief this for the minister, on the railway",
     Wishes(audience="the minister", angle="the railway")),
    ("Give me a short summary in Spanish", Wishes("es", "short")),
    ("in the newsroom style", Wishes(style="newsroom")),
    ("Translate this into Spanish", Wishes("es")),
    ("en français s’il te plaît", Wishes("fr")),
    ("Résume ce texte en français", Wishes("fr")),
    ("auf Deutsch bitte", Wishes("de")),
    ("Bitte fasse das auf Deutsch zusammen", Wishes("de")),
    ("en español, por favor", Wishes("es")),
    ("кратко, по-русски", Wishes("ru", "short")),
    ("بالعربية من فضلك", Wishes("ar")),
    ("请用中文", Wishes("zh")),
    ("in French\nfor the minister", Wishes("fr", audience="the minister")),
    ("brief", Wishes()),
    ("Summary, please", Wishes()),
    ("can u summarize this", Wishes()),
    ("Kannst du das zusammenfassen?", Wishes()),
    ("peux-tu résumer ce texte ?", Wishes()),
    ("переведи на английский", Wishes("en")),
    ("لخص هذا بالعربية", Wishes("ar")),
    ("请用英文总结", Wishes("en")),
    ("한국어로 요약해 주세요", Wishes("ko")),
)  # fmt: skip

# Asked before it, in the line of the mention.
QUESTIONS_BEFORE = (
    "Who pays for the bridge?",
    "who pays for the bridge",
    "What does it say about the railway?",
    "Can you tell me who pays?",
    "Wer zahlt für die Brücke?",
)

# Typed after it, and certainly addressed to the bot.
WISHES_BEHIND = (
    ("in French please", Wishes("fr")),
    ("In French, please.", Wishes("fr")),
    ("short please", Wishes(length="short")),
    ("tl;dr please", Wishes(length="short")),
    ("in French, short", Wishes("fr", "short")),
    ("Please summarise this in French.", Wishes("fr")),
    ("Summarise this article in German, please.", Wishes("de")),
    ("Summarise this in French", Wishes("fr")),
    ("Can you make it short and for the minister?",
     Wishes(length="short", audience="the minister")),
    ("Can you brief this in Spanish?", Wishes("es")),
    ("Could you summarise the above for the minister?", Wishes(audience="the minister")),
    ("Please brief this for the minister, on the railway.",
     Wishes(audience="the minister", angle="the railway")),
    ("auf Deutsch bitte", Wishes("de")),
    ("en français s’il vous plaît", Wishes("fr")),
    ("en español, por favor", Wishes("es")),
    ("<@UBOT> in French", Wishes("fr")),
    ("<@UBOT> short, for the minister", Wishes(length="short", audience="the minister")),
)  # fmt: skip
