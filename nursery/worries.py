"""What staff write of a worry about a child, in English, in which they write: such words are for a talk."""

from __future__ import annotations

import re

THEIR = r"(?:his|her|their)"
SELF = r"(?:him|her|them)sel(?:f|ves)"
NOT = r"(?:n't|not| not)"
BODY = (
    r"(?:(?:talk|speak|walk|crawl|sit|eat|sleep|settl|listen|respond|understand|shar)(?:e|ing)?\b|play(?:ing)? with)"
    r"(?! ?\?)"
)
WHOM = (
    r"(?:him|her|them|us|me|staff|(?:an)?other (?:child|children|boy|girl|friend)s?|others|"
    r"(?:the|some) (?:other )?children|the staff|"
    r"(?:a|his|her|their) (?:child|friend|boy|girl|key person|sister|brother|teacher)s?)\b"
)
LONG = (
    r"(?:all (?:day|morning|afternoon|week|the time)|for (?:an hour|hours|most|the whole|a long time)|a lot\b|most of|"
    r"the whole|every (?:day|morning))"
)
ENDS = r"(?: when\b| again\b|(?= ?[.,;!]| ?$))"
LIMB = r"(?:lip|knee|head|finger|face|chin|arm|leg|hand|cheek|neck|back|body|tummy|ear|shoulder|elbow)s?\b"

SAYS = r"(?:he|she|they|and|\A(?!please |we |you |it |there )\w+)"
GLAD = (
    r"(?!(?:want|wait|mind|need|cry|reach|find|give up|spill|stop|let go|drop|miss|fall|wobble|even|only|just|"
    r"believe)\b)\w+"
)
"""What a child did not do, or can't, is seldom glad news; these mostly are."""

SAID = (
    r"concern(?:s|ed|ing)?\b",
    r"worr(?:y|ied|ies|ying)\b",
    r"(?:becoming|is) a problem\b",
    r"an? (?:\w+ )?incident\b",
    r"(?:talk|speak) to (?:him|her|them) (?:at home )?about\b|speak to (?:him|her|them) at home",
    r"(?:talk|speak|meet) (?:to|with) you about\b|need to discuss\b|please remind\b",
)
"""A worry by its name, and what only a talk can settle."""

BEHIND = (
    r"behind (?:where|for (?:his|her|their) age|(?:the )?other children|(?:his|her|their) peers|in (?:his|her|their))",
    r"(?:well|far|a long way|way) (?:below|behind)\b|(?:is|are) behind\b",
    r"(?:below|lower than) (?:the )?(?:expected|average|age)",
    r"delay(?:s|ed)?\b",
    r"(?:does|do|did|is|was|are)(?:n't| not) (?:yet )?(?:able to |meeting |reaching |making eye|" + BODY + ")",
    r"(?:is|are|was)" + NOT + r" (?:\w+ )?(?:\w+ing|where|interested|ready|happy|at the level)\b",
    SAYS + r" (?:(?:still|just|simply|often) )?(?:does|do|did|can|could|would|will|wo)" + NOT + " " + GLAD,
    r"(?:cannot|can not) " + GLAD + r"|not a good\b|(?<!from )a long way off\b",
    r"(?:can't|cannot|can not|couldn't|could not) (?:yet )?" + BODY,
    r"not yet (?:able|talking|speaking|walking|crawling|eating|sharing)",
    r"no words yet\b|(?:speech|drawing|language|writing|skills?|walking) (?:is|are|was) (?:\w+ )?"
    r"(?:unclear|poor|immature|weak|limited|slow|late)",
    r"struggl(?:e|es|ed|ing)\b",
    r"difficult(?:y|ies)\b",
    r"finds? (?:\w+ )?(?:very |so )?(?:hard|difficult|tricky)\b|(?:is|was|been) (?:very |so )?hard for\b",
    r"hard to understand|(?:very )?little language\b|(?:eye|hearing|sight) test\b|(?:will|would) only eat\b",
    r"(?:cope|coping|distracted|boundaries|one[- ]to[- ]one|1:1|toilet(?:ing)? (?:problem|issue)s?)\b",
    r"never (?:looks?|talks?|speaks?|plays?|eats?|smiles?|joins?|listens?|shares?|sits?|sleeps?)\b",
    r"lacks?\b|lacking\b|short attention|attention span\b|(?:shows?|has|have|takes) (?:no|little) interest\b",
    r"(?:lines?|lined|lining) up (?:toys|cars|things) (?:over|again|all)",
    r"(?:any|no) friends\b|(?:sat|sits|plays?|played) (?:\w+ )?alone all\b|regress(?:ed|ion|ing)\b",
)
"""What a child can't do, or not yet."""

DONE = (
    r"(?:bit|bites?|bitten|hit|hits|kick(?:s|ed)?|slap(?:s|ped)?|punch(?:es|ed)?|scratch(?:es|ed)?|hurt|hurts) " + WHOM,
    r"(?:biting|hitting|kicking|punching|slapping|scratching|hurting) (?:" + WHOM + r"|again)",
    r"(?:he|she|they|been|keeps?|still|started|about|for|stop) (?:bites?|biting|hits?|hitting|kicking|spitting)" + ENDS,
    r"(?:hit|bit|kicked|slapped|punched|scratched|hurt|pinched) (?!the\b)"
    r"(?:out\b|some(?:one|body)\b|two\b|(?-i:[A-Z])\w+)|tried to (?:bite|hit|kick|hurt)\b|(?:was|been|got) hurt by\b",
    r"(?:hitting|biting|scratching|hurting) "
    + SELF
    + r"|(?:mean|nasty|horrible|jealous) (?:to|of)\b|pinch(?:ed|es|ing)\b",
    r"(?:spat|spits?|spitting) (?:at|on)\b|(?:ran|runs|running) (?:away|off) (?:from|twice|again)|(?:kill|shoot)\w*\b",
    r"(?:a|to) fight\b|shouts? at\b|(?:told|tells) lies|lied\b|in (?:a )?temper\b|moved away from\b",
    r"(?:threw|throws|throwing) (?:a |the )?(?:chair|stone|block|brick|furniture|toy)s?(?: at\b|" + ENDS + ")",
    r"(?:push(?:ed|es|ing)|pull(?:s|ed|ing)|grabb?(?:ed|s|ing)) (?:(?:him|them|others)\b(?! (?:on|along|round))|"
    r"her(?= (?:off|over|down|away|to|by|and|when|so|hard|again|because)\b| ?[.,;!]| ?$)"
    r"|an?(?:other)? (?:girl|boy|child|friend) (?:off|over|down)|(?:an? |the |his |her |their )?(?:\w+'s )?hair\b)",
    r"snatch(?:es|ed|ing)\b|sw(?:ears?|ore|earing) at\b|(?:bad|rude) (?:words|language)\b",
    r"(?:aggressi(?:ve|on)|tantrums?|meltdowns?|outbursts?|violent|defian(?:t|ce)|disrupt(?:ive|s|ed|ing)?)\b",
    r"(?:naught(?:y|iness)|unkind|misbehav\w+|bull(?:y|ied|ying)|rude)\b|a handful\b",
    r"(?:his|her|their|\w+'s|poor|bad|challenging) behaviou?r|behaviou?r (?:was|is|has)\b",
    r"refus(?:es|ed|ing) to\b|told off\b|time[- ]out\b",
    r"(?:wouldn't|won't|(?:would|will) not) (?:join|eat|sit|listen|share|sleep|talk|speak|let(?! go)|take turns)\b",
    r"gets? (?:very |so )?(?:angry|cross|frustrated|upset) (?:when|with|if|easily|at)\b",
    r"(?:needs?|has|have|ought) to (?:learn|stop|work on|behave|keep " + THEIR + " hands)|must (?:not|stop|learn)\b",
    r"work(?:ing)? on " + THEIR + r"? ?(?:listening|behaviou?r|attitude|temper|manners|concentrat\w+)",
)
"""What a child does to others, and how grown-ups speak of it."""

FELT = (
    r"(?:cried|crying|cries|upset|sobb(?:ed|ing)|scream(?:ed|ing)) (?:and \w+ )?" + LONG,
    r"in tears\b|screaming from|screamed (?:when|at|and)\b|inconsolable|distress|withdrawn|clingy",
    r"anxious|anxiety|traumati[sz]ed|(?:cried|cries) (?:when|because)\b",
    r"(?:hid|hides) under (?:the|a) \w+ (?:when|because|again|and (?:would|did|could|cried)|" + LONG + ")",
    r"not be (?:comforted|consoled|settled)|flinch\w*|shaking\b",
    r"(?:very|so|rather|quite|really|too) (?:\w+ and )?(?:upset|sad|angry|anxious|unhappy)\b",
    r"(?:had|having|another|it was) an? (?:\w+ )?(?:hard|bad|tough|tricky|rough|awful) "
    r"(?:day|morning|afternoon|time|week|start)",
    r"(?<!not )(?:frightened|scared|afraid) (?:to go|of|to be)\b",
    r"(?:shouting|fighting|arguing|arguments?|rows?) at home\b",
)
"""How a child is."""

SEEN = (
    r"(?:bruis|injur|bleed|vomit|diarrh)\w*",
    r"(?:had|has had|another) (?:an? )?accidents?\b|first aid\b",
    r"bump(?:ed|s)? " + THEIR + r" head|(?:cut|grazed|banged|knocked|trapped) " + THEIR + " " + LIMB,
    r"(?:fell|tripped) (?:\w+ ){0,3}and (?:cut|hurt|banged|hit|grazed|knocked)\b|falls? over (?:a lot|often|all)",
    r"marks? on " + THEIR + r" (?:\w+ )?" + LIMB,
    r"(?:has|had|have|got) (?:a |an )?(?:\w+ )?(?:rash|temperature|fever|infection|nosebleed|seizure)\b",
    r"(?:he|she|they|\A\w+) (?:was|is|were|has been) (?:sick|ill|unwell|poorly)\b(?! of\b)|nits\b|head ?lice\b",
    r"(?:over|under)weight\b|(?:lost|losing) weight\b|(?:very|so|too) (?:thin|pale)\b|decay\w*|private parts?\b",
    r"(?:very|always|so|was|is) hungry\b(?! after)|enough to eat|(?:has|had|have) breakfast before",
    r"(?:dirty|same|in wet) (?:clothes|shoes|socks)\b|was dirty\b|dirty (?:hair|nails|face)",
    r"(?:arriv|came|com|turn)\w* (?:\w+ ){0,2}(?:hungry|dirty|tired|late|unwell|without (?:breakfast|a coat))\b",
    r"late again\b",
    r"(?:wets?|wetting) the bed|still in nappies|nappy was (?:full|dirty|wet)|(?:soil|wet)(?:s|ed|ing)? "
    + SELF
    + r"|(?:started|been) (?:wetting|soiling)\b",
    r"(?:hardly|barely) (?:ate|eats|slept|sleeps|talks?|talked|speaks|spoke|played|plays)\b|fussy eater\b",
    r"tired (?:every|all|each)\b|to bed earlier|" + THEIR + r" (?:eyesight|hearing)\b|'s (?:eyesight|hearing)\b",
    r"(?:neglect|unwashed|smell(?:s|ed|y|ing)? of (?:smoke|alcohol|drink|wee|urine))\w*",
)
"""What is to be seen on a child: a body's troubles, and a home's."""

SENT = (
    r"(?:autis|diagnos|referr)\w+",
    r"(?:adhd|senco|disorder|assessment)\b",
    r"special (?:educational )?needs|(?:sen|send) (?:register|support|plan)\b",
    r"(?:speech|language) (?:and language )?therap\w+",
    r"(?:may|might|will|would) need (?:extra|additional|some|more) (?:help|support)|(?:extra|additional) support\b",
    r"(?:health visitor\b(?! (?:is|comes|will be) (?:here|in|at|coming|with)\b)|"
    r"social (?:worker|services|care)|child protection|safeguarding)\b",
)
"""Whom a child is sent to."""

WORRY = re.compile(r"\b(?:" + "|".join((*SAID, *BEHIND, *DONE, *FELT, *SEEN, *SENT)) + ")", re.IGNORECASE)


def worry_in(text: str) -> str:
    """The words that read like a worry, or nothing."""
    found = WORRY.search(text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    return found[0].strip() if found else ""
