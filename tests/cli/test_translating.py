"""`readout brief` in French of a Russian and of an Armenian article, with a scripted model.

Quotations stay in the original; their translations are marked as ours. The model's true lines are
shown, and the one with an invented name is withheld.
"""

import asyncio
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.briefing.catalogue import catalogue
from bot.briefing.draft import DraftBriefing, DraftQuote, DraftRepair
from tests.drafts import line
from tests.model_server import ModelServer, Says
from tests.texts import text_of

ROOT = Path(__file__).parents[2]
_NO_REPAIR = DraftRepair(lines=[], commitments=[], quotes=[])


@dataclass(frozen=True)
class Case:
    """An article, and what a model makes of it in French."""

    article: str
    agreed: str
    invented: str
    speaker: str
    original: str
    translation: str
    more: str
    """More text of the article, so that there is room for a quotation."""

    @property
    def text(self) -> str:
        """The whole article."""
        return f"{text_of(self.article)}\n{self.more}"


RUSSIAN = Case(
    "russian",
    "Les parties ont convenu d'ouvrir le pont d'ici le 1er juin, si les inspecteurs le "
    "réceptionnent.",
    "Ilva Terren et Boris Petrov se sont rencontrés lundi à Port-Galline.",
    "Terren",
    "Поезда пойдут тогда, когда мост будет безопасен. Ни днём раньше",
    "Les trains circuleront quand le pont sera sûr. Pas un jour plus tôt",
    "Линию закрыли одиннадцать лет назад после зимних боёв, и с тех пор грузы везут по дороге "
    "через горы. Инженеры нашли трещины в четырёх опорах моста и назвали ремонт необходимым. "
    "Профсоюз машинистов просит поставить радиомачты в тоннеле до первого рейса. Мэр города "
    "починил часы на вокзале, хотя поездов ещё нет. Жители надеются, что яблоки снова попадут на "
    "рынок за один день. Магазины у вокзала закрываются в полдень.\n",
)
ARMENIAN = Case(
    "armenian",
    "Ils ont convenu d'ouvrir le pont d'ici le 1er juin.",
    "Les ministres de Kestrie et de Géorgie se sont rencontrés lundi à Port Haline.",
    "Ilva Teren",
    "Գնացքները կաշխատեն, երբ կամուրջն անվտանգ լինի",
    "Les trains circuleront quand le pont sera sûr",
    "Գիծը փակվել էր տասնմեկ տարի առաջ, և այդ ժամանակից բեռները տանում են լեռների միջով։ "
    "Ինժեներները կամրջի չորս հենարաններում ճաքեր են գտել և վերանորոգումն անհրաժեշտ են համարել։ "
    "Մեքենավարների միությունը խնդրում է ռադիոկայմեր տեղադրել թունելում մինչև առաջին երթը։ "
    "Քաղաքապետը վերանորոգել է կայարանի ժամացույցը, թեև գնացքներ դեռ չկան։ Բնակիչները հույս "
    "ունեն, որ խնձորը կրկին մեկ օրում շուկա կհասնի։ Կայարանի մոտ խանութները փակվում են կեսօրին։ "
    "Շատերը սպասում են գարնանը և հիշում են հին գնացքները, որոնք ամեն առավոտ անցնում էին քաղաքով։ "
    "Երեխաները նկարում են վագոններ, իսկ ծերերը պատմում են, թե ինչպես էին մեկնում ծովափ։\n",
)


def _draft(case: Case, translation: str) -> DraftBriefing:
    cost = line("A5", "La réparation coûtera 48 millions de couronnes.")
    quote = DraftQuote(
        quotation="A4q1", evidence=["A4"], speaker=case.speaker, role=None, translation=translation
    )
    return DraftBriefing(
        headline=line("A1", "Le pont rouvrira cet été"),
        bottom_line=line("A3", case.agreed),
        differences=[],
        key_points=[cost, line("A2", case.invented)],
        commitments=[],
        quotes=[quote],
        cautions=[],
        unknowns=[],
    )


async def _briefed(case: Case, folder: Path, form: str, translation: str | None = None) -> str:
    """What the command prints; the model writes the draft and repairs nothing."""
    (folder / "article.txt").write_text(case.text, encoding="utf-8")
    says = Says.draft(_draft(case, translation or case.translation)), Says.draft(_NO_REPAIR)
    async with ModelServer(*says) as model:
        model.refuses = case.invented
        command = (
            "-c",
            "from bot.__main__ import main; main()",
            "brief",
            "article.txt",
            "--language",
            "fr",
            form,
        )
        done = await asyncio.create_subprocess_exec(
            sys.executable, *command, "--engine", "openai",
            cwd=folder, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "OPENAI_MODEL": "fake",
                 "OPENAI_BASE_URL": model.url},
        )  # fmt: skip
        out, err = await done.communicate()
    assert done.returncode == 0, err.decode()
    return out.decode()


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(RUSSIAN, id="russian"),
        pytest.param(ARMENIAN, id="armenian", marks=pytest.mark.slow),
    ],
)
async def test_quotations_stay_in_the_original_and_offsets_are_exact(
    case: Case, tmp_path: Path
) -> None:
    report: dict[str, Any] = json.loads(await _briefed(case, tmp_path, "--json"))

    text = report["documents"][0]["text"]
    assert text == case.text
    statements = [
        report["headline"],
        report["bottom_line"],
        *report["key_points"],
        *report["quotes"],
    ]
    for passage in (each for part in statements for each in part["evidence"]):
        assert text[passage["start"] : passage["end"]] == passage["text"]
    assert report["bottom_line"]["text"] == case.agreed
    assert [(q["text"], q["translation"]) for q in report["quotes"]] == [
        (case.original, case.translation)
    ]
    [withheld] = report["withheld"]
    assert (withheld["text"], withheld["reasons"][0]["check"]) == (case.invented, "judge")
    assert catalogue("fr").names_not_compared not in report["notes"], "the judge read them whole"


async def test_a_translation_is_marked_as_ours_and_every_fixed_word_is_french(
    tmp_path: Path,
) -> None:
    shown = await _briefed(RUSSIAN, tmp_path, "--markdown")

    quoted = f"«\u00a0{RUSSIAN.original}\u00a0» (notre traduction\u00a0: {RUSSIAN.translation})"
    assert quoted in shown.replace("\\", "").replace("*", "")
    headings = [line for line in shown.splitlines() if line.startswith("## ")]
    assert headings[:2] == ["## Points essentiels", "## Dans leurs mots"]
    known = {*catalogue("fr").headings.values(), catalogue("fr").buttons["evidence"]}
    assert {heading.removeprefix("## ") for heading in headings} <= known


@pytest.mark.slow
async def test_a_translation_with_a_new_figure_is_left_out(tmp_path: Path) -> None:
    wrong = "Les trains circuleront dans 12 jours, quand le pont sera sûr"
    report = json.loads(await _briefed(RUSSIAN, tmp_path, "--json", wrong))

    assert [(q["text"], q["translation"]) for q in report["quotes"]] == [(RUSSIAN.original, None)]
