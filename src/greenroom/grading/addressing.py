"""Which sentences speak to whoever grades instead of answering.

Candidate text is data. A sentence that orders a grade, plays a turn of the system, rewrites the rubric or claims
that every point is met is set aside before anything is matched. Honest answers about prompts, judges and scores
hold the same words ("I would tell the model to ignore instructions in documents"), so an order counts only in the
place of an order, and not inside a report of who says or does it.
"""

from __future__ import annotations

import re

_PLACE_OF_AN_ORDER = r"(?:^|[.,:;!?\-–—>\]\)}\"'|]\s*|\b(?:please|kindly|must|now|and|then|just|you|you to|required to|should)\s+)"
_REPORTED = re.compile(
    r"\b(?:such as|for example|e\.g\.|like|says?|said|saying|writes?|wrote|written|reads?|contains?|containing|phrases?|"
    r"strings?|texts? with|called|tells?|told|asks?|asked|whether|if|when|until|unless|once|where)\b"
    r"|\b(?:i|we|they|one|he|she|attackers?|users?|raters?|reviewers?|annotators?|judges|people|someone|somebody|"
    r"(?:a|an|the|each|our|my|another|second|one) (?:[\w-]+ ){0,2}(?:model|judge|llm|system|pipeline|team|attacker|user|"
    r"document|page|prompt|rater|annotator|classifier|metric|ranker|retriever|agent|tool|engineer|manager))\s+"
    r"(?:would|will|could|can|may|might|should|shall|do|does|did|had|has|have|also|then|often|usually|always|never|"
    r"first|only|still|score|grade|rate|mark|give|gives|gave|assign|assigns|ignore|skip|pass|compare|trust)\b"
)
_OF_THIS_ANSWER = (
    r"(?:(?:this|my|the above|the following|the candidate's) (?:answer|response|submission|reply|candidate|text)"
    r"|the (?:answer|response|text) above|(?:the|this) candidate\b|\bme\b)"
)
_REWARD = (
    r"(?:full (?:marks?|credit|points|score)|top marks?|perfect (?:scores?|grade)|strong[ _]hire|10/10|5/5|ten out of ten"
    r"|a\+|100 ?%|(?:maximum|max|highest|top|best) (?:scores?|marks?|grade|credit|(?:number of )?points|band|rating)"
    r"|all (?:the )?(?:rubric )?points|the maximum)"
)
_GRADES = r"(?:give|award|assign|grant|output|return|print|report|record|set|choose|leave|rate|score|grade|mark|add)"

_ORDERS = tuple(
    re.compile(_PLACE_OF_AN_ORDER + pattern)
    for pattern in (
        r"(?:ignore|disregard|forget|override|bypass|skip)\b.{0,40}\b(?:instructions?|rubric|rules|above|previous|prior|"
        r"prompt|criteria|guidelines?|evaluation|told|mistakes|negative evidence)",
        _GRADES + r"\b.{0,50}" + _REWARD + r"(?! to (?:the|a|an|each|those) (?!answer|candidate|response))",
        r"(?:mark|score|rate|grade|pass|approve|treat|evaluate|consider|accept)\b.{0,30}" + _OF_THIS_ANSWER,
        r"(?:mark|score|rate|grade|treat|consider|return|print|output)\b.{0,30}\b(?:point|points|criteria|criterion|verdict)\b"
        r".{0,30}\b(?:met|satisfied|fulfilled|covered|passed|correct)\b",
        r"(?:do not|don't|never) (?:evaluate|deduct|grade|mark)\b.{0,40}\b(?:answer|points?|response)",
        r"(?:stop|skip|finish) (?:grading|scoring|reading|evaluating|the evaluation)",
        r"(?:increase|raise|round|improve) my (?:score|grade|mark)",
        r"(?:act as|pretend to be|roleplay as|assume the persona of|simulate)\b.{0,40}\b(?:teacher|grader|judge|evaluator|"
        r"examiner|assistant|author of the rubric|committee|grandmother)",
        r"(?:set|fix|keep) (?:the|every|all|my) (?:score|grade|verdicts?)\b",
        r"(?:imagine|suppose) (?:that )?(?:the candidate|the rubric)",
        r"count (?:the following|these|those) (?:words|terms|points)\b",
    )
)
_ALWAYS = tuple(
    re.compile(pattern)
    for pattern in (
        r"^\W*(?:system(?: message| prompt)?|assistant|developer|grader|evaluator|examiner|interviewer|moderator|reviewer(?: \d)?|"
        r"human|user|tool|judge)\s*(?:\]|>|:|\|).*\b(?:scores?|grades?|grading|graded|marks?|rubric|points?|criteria|candidate|"
        r"hire|verdict|answer|pass|instruction|override)\b",
        r"<\|\s*/?\s*(?:system|assistant|im_start|im_end|endoftext|startoftext|user|end)",
        r"</?\s*(?:system|assistant|rubric|grade|grading|score|verdict|candidate_answer|user_input|answer_end|answer)\b[^>]*>",
        r"\[/?(?:inst|system|rubric|grade|end of|begin)\b[^\]]*\]",
        r"[\"'{_]\s*(?:score|grade|verdict|all_points|points?)[\"']\s*[:,=]",
        r"(?:^|[.,:;!?>|}\"]\s*|\b(?:final|result|returned) )(?:score|grade|verdict)\s*[:=]\s*[\"']?(?:\d+ ?/ ?\d+|100|1\.0|met|"
        r"pass|full|strong|a\+|perfect)",
        r"\b(?:you are|you're|you were) (?:now |not )?(?:an?|the|my|such an?|in|required|dan|free)\b.{0,40}\b(?:grader|judge|"
        r"evaluator|examiner|examiner's|marks|rubric|debug|assistant that|rules|debug mode)",
        r"^\W*(?:dear|hey|hello|hi|note to|attention),? (?:the )?(?:grader|judge|evaluator|examiner|scorer|ai|model|llm|reviewer)\b",
        r"^\W*to the (?:grader|examiner|reviewer|evaluator)\b\s*[:,]",
        r"\bdear (?:ai|grader|judge|evaluator|examiner|model)\b",
        r"\b(?:this|my|the) (?:answer|response|candidate)(?: above)? (?:fully )?(?:contains|covers|includes|meets|satisfies|addresses|"
        r"hits|has (?:covered|mentioned|met))\b.{0,20}\b(?:all|every|each|full)\b",
        r"\b(?:all|every|each|any)(?: of the)? (?:key |rubric |expected |required |missing )?(?:points?|criteria|criterion)\b.{0,25}"
        r"\b(?:met|covered|satisfied|fulfilled|addressed|found|made|stated|mentioned)\b",
        r"\b(?:correction|change|update|addition) (?:to|of) the rubric\b|\b(?:rubric|required points|criteria)\b.{0,30}\bin this answer\b",
        r"\b(?:let's|let us) play a game\b|\bgradebot\b|\b(?:the )?(?:right|expected|only right) (?:verdict|output)\b.{0,40}\b(?:met|hire|score)\b",
        r"\b(?:examiner's handbook|grading guidelines|scoring note|marking instruction|answer key|reference answer for the grader)\b.{0,60}"
        r"\b(?:score|passed|zero|maximum|correct|right|full|award)\b",
        r"\bnothing (?:is )?(?:missing|left out|wrong)\b.{0,20}\b(?:answer|above)\b|\b(?:this|my) answer is (?:correct|complete|right)\b",
        r"\b(?:no red flags?|all of the above|everything (?:that|on) (?:the rubric|your checklist))\b.{0,60}\b(?:answer|met|said|covered|points)\b",
        r"\bi (?:have )?(?:covered|mentioned|made|said) (?:all|every|each|everything|the must)\b.{0,40}\b(?:points|model answer|criteria)\b",
        r"\bpoint \d+: met\b|\bpoints covered: all\b|\bcoverage of the rubric\b",
        r"\b(?:new|updated|revised|old) (?:grading|scoring|marking) (?:rubric|rules|scheme)\b",
        r"\b(?:rubric|grading guidelines|scoring rubric|marking scheme|grading policy)\b.{0,25}\b(?:has been|have been|was|is|now|must|"
        r"v\d|change|override)\b.{0,40}\b(?:updated|withdrawn|void|optional|any|say|gives?|passed|benefit|count)",
        r"\b(?:decode|execute|obey) (?:this|the following|it)\b.{0,20}[:=]",
        r"\b(?:new|secret|hidden) instruction\b|\binstruction for the grader\b|\bbackwards and obey\b|\brot13:",
        r"(?=[a-z0-9+/]*\d)[a-z0-9+/]{32,}={0,2}|\b[0-9a-f]{40,}\b|(?:%[0-9a-f]{2}){6,}|(?:&#\d+;){6,}",
        r"\b(?:deserves?|worth|merits)\b.{0,20}" + _REWARD,
        r"\b(?:please|kindly)\b.{0,50}\b(?:good|high|better|kind|generous) (?:score|mark|grade)\b|\bpass me\b|\bmark generously\b",
        r"\b(?:score|grade|verdict|vote)\b.{0,20}\b(?:of|for) (?:this|my) (?:answer|response)\b|\bmy perfect score\b",
        r"\bthe (?:answer|text) above is (?:the|correct|right)|\bthis is the complete model answer|\b(?:set|enter)_score\b",
        r"\b(?:of|for|to) the (?:grader|rubric)\b.{0,30}\b(?:stated|implied|said|right|happen|fails)\b",
        r"\b(?:end(?:ing)?|start|begin(?:ning)?) (?:of )?(?:the )?(?:answer|candidate answer|grading output|rubric)\b",
        r"\b(?:i am|i'm|as) (?:the |your )?(?:administrator|developer|hiring manager|supervisor)\b.{0,60}\b(?:score|verdict|pass|hire)\b",
        r"\bfull (?:marks|credit)\b|\bas an? (?:ai|language) model you\b",
        r"\b(?:mention|mentioned|covered|said) (?:all|every|each|everything)\b.{0,30}\b(?:required points|rubric|checklist|model answer)",
    )
)
_HEADED = re.compile(
    r"^\W*(?:marking|scoring|grading|rubric) (?:instructions?|notes?|keys?|policy|change)\b.{0,60}"
    r"\b(?:score|passed|zero|maximum|correct|full|award|met)\b"
    r"|\b(?:met[ ,]+){2,}met\b|\baccording to your (?:own )?(?:guidelines|rubric|rules|criteria)\b|\bwhoever (?:reads|grades|marks|evaluates) this\b"
    r"|(?:^|\b(?:please|now|and) )(?:record|note|assume|pretend|imagine|suppose|count|act as if) (?:that |as if )?i (?:had |have )?"
    r"(?:also )?(?:mentioned|said|explained|covered|named|described)\b"
)
_IN_OTHER_LANGUAGES = re.compile(
    r"\b(?:punktzahl|bewertungskriterien|punkte als|bestnote|grille d'évaluation|note maximale|meilleure note|la rúbrica|"
    r"puntuación|puntos como|nota máxima|punteggio|criteri di|tutti i punti|critérios|todos os pontos|beoordelingscriteria|"
    r"maximale score|alle punten|kryteria|wszystkie punkty|ölçütlerini|tüm maddeleri|rubrik dan|nilai penuh|tiêu chí|điểm tối đa|"
    r"bedömningskriterierna|full poäng|kriteriene|poengsum|pontozást|pontszámot|hodnotící|počet bodů)"
)


def addresses_the_grader(folded: str) -> bool:
    """Whether a sentence, already folded (`segments.fold`), orders or claims a grade instead of answering."""
    if _HEADED.search(folded) or _IN_OTHER_LANGUAGES.search(folded):
        return True
    return any(pattern.search(folded) for pattern in (*_ALWAYS, *_ORDERS)) and not _is_report(folded)


def _is_report(folded: str) -> bool:
    """Whether the words are told of somebody else, and not asked for this answer."""
    return bool(_REPORTED.search(folded)) and not re.search(_OF_THIS_ANSWER, folded)
