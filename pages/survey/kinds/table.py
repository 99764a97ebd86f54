"""How every kind of question is drawn and said. A new one is a file beside this and a line in it."""

from pages.survey.kind import Shown
from pages.survey.kinds.change5 import CHANGE5
from pages.survey.kinds.consent import CONSENT
from pages.survey.kinds.date import DATE
from pages.survey.kinds.level5 import LEVEL5
from pages.survey.kinds.matrix import MATRIX
from pages.survey.kinds.multiple import MULTIPLE
from pages.survey.kinds.number import NUMBER
from pages.survey.kinds.scale10 import SCALE10
from pages.survey.kinds.section import SECTION
from pages.survey.kinds.single import SINGLE
from pages.survey.kinds.text import TEXT
from pages.survey.kinds.two_numbers import TWO_NUMBERS
from pages.survey.kinds.yes_no import YES_NO

_ALL = (LEVEL5, CHANGE5, SCALE10, YES_NO, SINGLE, MULTIPLE, MATRIX, NUMBER, TWO_NUMBERS, DATE, TEXT, CONSENT, SECTION)
SHOWN: dict[str, Shown] = {kind.code: kind for kind in _ALL}
