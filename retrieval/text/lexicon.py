"""Closed lists of English words that tell who is speaking. Lemmas, lower case."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SAYING = _words(
    """say tell add ask reply answer respond state declare announce explain note remark comment insist argue claim
    warn write tweet post recall continue conclude admit concede acknowledge stress emphasise emphasize
    reiterate repeat quip joke shout yell cry exclaim whisper mutter murmur testify observe suggest predict
    assert maintain contend allege affirm confirm deny read urge recount retort counter interject reveal
    complain boast lament vow pledge promise caution advise report point opine chime snap plead beg demand order
    call describe label brand dub denounce condemn accuse criticise criticize praise hail dismiss reject slam
    blast tout boast characterise characterize term propose speculate joke hint signal inform assure remind
    chant sing text email message volunteer surmise reason wonder muse reflect protest object blog enthuse gush
    rage fume chide scold admonish interrupt proclaim profess pronounce attack welcome mock deride tease thank
    apologise apologize sum quote cite retweet instruct clarify elaborate agree disagree echo put scold
    sigh gush relate opine lash hit rant declaim preach lecture pray greet swear bemoan decry rail implore
    enquire inquire confide venture moan groan laugh smile grin growl hiss reckon beam crow sneer intone blurt
    sob bellow share list assess portray question riff press probe enquire gripe rejoin scream detail exhort
    dispute refute concur highlight recommend"""
)
"""Verbs whose subject gives the words."""

PLAIN_SAYING = _words("say tell add ask reply write tweet continue explain state note according insist argue recall")

JUDGING = _words(
    """accuse suspect convict acquit blame criticise criticize condemn denounce attack slam blast rebuke scold mock
    ridicule praise thank applaud commend congratulate fault berate chide lambast lambaste censure reprimand admonish
    forgive sue sack fire dismiss suspend fine jail arrest excuse pillory"""
)
"""Verbs whose object is judged for what it did: "accused Lee of saying"."""

THINKING = _words(
    """think believe feel hope fear expect want know see consider regard find hold realise realize understand worry
    doubt learn hear view deem judge remember wish like love hate agree"""
)

SHOWING = _words(
    """show make give take offer face become remain seek use speak talk discuss cause lead vote fight keep get have
    do go come need help try plan decide refuse begin start"""
)

HEARING = _words("hear read learn be quote ask tell inform accuse see know")
"""Verbs whose passive subject receives the words."""

PERSON_NOUNS = _words(
    """actor actress adviser advisor activist agent aide ambassador analyst anchor archbishop artist assistant
    associate attorney aunt author banker bishop bodyguard boss boxer boy boyfriend brother builder businessman
    businesswoman campaigner candidate captain cardinal carer celebrity ceo chair chairman chairperson
    chairwoman champion chancellor chef chief child citizen cleric coach colleague columnist comedian commander
    commentator commissioner composer congressman congresswoman conservative consultant coordinator co-founder
    cofounder co-author coauthor correspondent councillor councilman councilwoman counsel counsellor critic
    customer dad daughter dealer defendant delegate democrat deputy designer detective developer diplomat
    director doctor driver economist editor employee engineer entrepreneur ex-husband ex-wife executive expert
    farmer father fighter financier fisherman founder friend general girl girlfriend governor guitarist head
    heir hero historian host husband immigrant insider inspector interviewer inventor investigator investor
    journalist judge justice keeper king lady lawmaker lawyer leader lecturer legislator liar lieutenant
    lobbyist maker man manager mayor member midfielder minister mother mum mom moderator musician neighbor
    neighbour nominee novelist nurse officer official operative opponent organiser organizer owner parent
    partner pastor patient philosopher photographer physician pilot planner player poet policeman policewoman
    politician pope prefect premier presenter president priest prime principal prisoner producer professor
    programmer prosecutor protester protestor psychologist publisher pupil queen rapper reader rector referee
    registrar reporter representative republican researcher resident reverend rival runner sailor salesman
    scholar scientist screenwriter secretary senator sergeant sheriff singer sister skipper soldier solicitor
    son source speaker specialist spokesman spokeswoman spokesperson staffer star strategist striker student
    supporter surgeon survivor suspect teacher teenager therapist trader trainer translator treasurer trustee
    uncle veteran vicar victim viewer visitor voice volunteer voter widow widower wife winger winner witness
    woman worker writer youth economist whistleblower tycoon billionaire millionaire mogul envoy negotiator
    regulator watchdog superintendent constable undersecretary geologist physicist biologist chemist astronomer
    climatologist epidemiologist virologist lifeguard goalkeeper defender batsman bowler golfer drummer vocalist
    grandmother grandfather grandma grandpa granny grandson granddaughter niece nephew cousin stepmother stepfather
    frontman bassist songwriter filmmaker executive hacker founder vice-president captain kid person someone
    somebody pal fan tourist passenger pensioner refugee migrant pollster premier taoiseach czar tsar guru
    caller follower pundit observer magistrate scot frenchman italian german spaniard dutchman irishman welshman
    englishman prop fullback lock hooker centre flanker forward backbencher columnist cinematographer attendee
    juror clerk superior counterpart predecessor successor co-chair co-star"""
)

FEMALE_NOUNS = _words(
    """woman girl mother mum mom wife daughter sister aunt grandmother actress spokeswoman chairwoman businesswoman
    congresswoman councilwoman policewoman queen princess duchess lady widow girlfriend niece singer-actress
    grandma granny stepmother heroine baroness countess headmistress
    bride ex-wife nun waitress hostess stewardess goddess granddaughter"""
)
MALE_NOUNS = _words(
    """man boy father dad husband son brother uncle grandfather actor spokesman chairman businessman congressman
    councilman policeman king prince duke lord widower boyfriend nephew hero baron count headmaster groom
    ex-husband monk waiter host fisherman salesman frontman batsman bishop archbishop pope cardinal imam rabbi
    priest grandpa grandson stepfather"""
)

GROUP_NOUNS = _words(
    """people officials critics supporters protesters experts analysts authorities friends doctors scientists
    researchers lawmakers police residents sources others many some several both campaigners activists opponents
    lawyers prosecutors investigators economists members staff workers fans couple pair duo family parents"""
)

QUANTITIES = _words("dozen hundred thousand million score ten lot number handful majority crowd group most half")
"""Of "hundreds of protesters" these are no more than how many there are."""

ORGANISATION_NOUNS = _words(
    """administration agency airline alliance army assembly association authority bank board body broadcaster
    bureau business cabinet campaign centre center chain charity church club coalition college commission
    committee company conference congress consortium corporation council court department embassy federation
    firm force foundation fund giant government group hospital house industry institute institution jury label
    league maker management manufacturer military ministry mission monarchy movement network newspaper navy
    office operator opposition organisation organization outlet palace panel parliament party police publisher
    regulator retailer school secretariat senate service side society store studio supplier team think-tank
    thinktank tribunal union university watchdog website magazine paper station channel band airport lender
    carrier automaker developer site platform delegation communications treasury taskforce faction caucus
    regime presidency chamber consulate crew squad unit prosecution bookmaker insurer brewer carmaker
    chipmaker supermarket startup start-up conglomerate nonprofit non-profit ngo watchdog"""
)

DOCUMENT_NOUNS = _words(
    """ad advert advertisement affidavit agreement album amendment announcement article bill blog book brief
    briefing brochure caption chapter charter clause column comment communique complaint constitution contract
    decision declaration decree description document dossier editorial email e-mail entry essay filing finding
    guidance guideline headline indictment inscription interview invitation judgment judgement law lawsuit
    leaflet letter line lyric manifesto manual manuscript memo memoir memorandum message motion motto note
    notice notification novel opinion order page pamphlet paper passage petition placard plan plaque play poem
    policy poll post poster presentation press programme proposal quote record release remark reply report
    request research resolution response result review rule ruling scripture section sentence sign slogan song
    speech statement statute story strategy study suit summary survey sticker tablet telegram testimony text
    thread transcript treaty tweet verdict verse video warning website will writing word words posting banner
    t-shirt label profile play book logo review account copy excerpt extract screenshot"""
)

SPOKEN_NOUNS = _words(
    """claim assertion allegation argument suggestion promise pledge vow insistence contention accusation warning
    prediction call remark complaint boast explanation word tirade rant mantra motto admission description"""
)
"""What somebody utters: "Lee's claim that it was …"."""

HE = _words("he him his himself")
SHE = _words("she her hers herself")
THEY = _words("they them their theirs themselves")
IT = _words("it its itself")
FIRST_PERSON = _words("i me my mine myself we us our ours ourselves")
SECOND_PERSON = _words("you your yours yourself yourselves")
RELATIVE = _words("who which that whom whose")

PERSON_ENDINGS = ("man", "men", "woman", "women", "person", "ist", "ologist", "eer", "ian", "-year-old", "-elect")

TITLES: dict[str, str | None] = {
    "mr": "m", "mister": "m", "sir": "m", "lord": "m", "king": "m", "prince": "m", "duke": "m", "father": "m",
    "brother": "m", "mrs": "f", "ms": "f", "miss": "f", "dame": "f", "lady": "f", "queen": "f", "princess": "f",
    "duchess": "f", "sister": "f", "baroness": "f", "madam": "f", "mme": "f", "mlle": "f", "countess": "f",
    "dr": None, "prof": None, "professor": None, "doctor": None, "president": None, "senator": None, "sen": None,
    "sens": None, "rep": None, "reps": None, "representative": None, "gen": None, "general": None, "lt": None,
    "lieutenant": None, "col": None, "colonel": None, "maj": None, "major": None, "capt": None, "captain": None,
    "sgt": None, "sergeant": None, "judge": None, "justice": None, "minister": None, "secretary": None, "gov": None,
    "governor": None, "mayor": None, "rev": None, "reverend": None, "bishop": "m", "archbishop": "m", "pope": "m",
    "cardinal": "m", "rabbi": None, "imam": "m", "ambassador": None, "chancellor": None, "premier": None, "chief": None,
    "inspector": None, "superintendent": None, "constable": None, "pc": None, "det": None, "detective": None,
    "officer": None, "sheriff": None, "commissioner": None, "councillor": None, "cllr": None, "congressman": "m",
    "congresswoman": "f", "speaker": None, "admiral": None, "marshal": None, "cmdr": None, "commander": None,
    "brig": None, "brigadier": None, "cpl": None, "corporal": None, "hon": None, "attorney": None, "deputy": None,
    "vice": None, "prime": None, "former": None, "ex-president": None, "supt": None, "sheikh": "m", "ayatollah": "m",
    "first": None, "foreign": None, "st": None, "adv": None, "advocate": None, "lieut": None,
}  # fmt: skip
"""Words that may stand before a name and are no part of it, with the gender that they tell."""
