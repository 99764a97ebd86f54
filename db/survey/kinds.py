"""The kinds of question that figures, and what is stored of a version, know by name. All of them, with everything that
is to be known of each: intake/questionnaires/kinds."""

LEVELS = "level5"  # also the scale that the rows of a table share
CHOICE = "single"
YES_OR_NO = "yes_no"
CHOICES = "multiple"
NUMBER = "number"
NUMBERS = "two_numbers"
DAY = "date"
TEN = "scale10"
CHANGE = "change5"
WORDS = "text"
CONSENT = "consent"
NOTHING_ASKED = "section"
