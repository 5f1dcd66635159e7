"""Words that carry no subject, in the languages in which profiles and needs are written most: they are no terms."""

from graph.domain.records import fold

_ENGLISH = """
about above after again against all also although am among an and any are as at be because been before being below
between both but by can cannot could did do does doing down during each either else etc ever every few for from
further had has have having he her here hers herself him himself his how however if in into is it its itself just may
me might more most much must my myself neither no nor not now of off on once only onto or other others our ours
ourselves out over own per same shall she should since so some such than that the their theirs them themselves then
there these they this those through to too toward towards under until up upon us very via was we were what when where
whether which while who whom whose why will with within without would yet you your yours yourself
"""
_FRENCH = """
afin ai ainsi alors apres au aucun aucune aussi autre autres aux avant avec avoir ce cela celle celles celui ces cet
cette ceux chaque chez comme contre dans de depuis des dont du elle elles en encore entre es est et etaient etait
etant ete etes etre eu eux font il ils je jusque la laquelle le lequel les lesquelles lesquels leur leurs lors lorsque
lui ma mais me meme memes mes moi moins mon ne ni nos notre nous on ont ou par parmi pas pendant peu peut plus pour
pourquoi puis qu quand que quel quelle quelles quels qui quoi sa sans se selon sera ses si soit son sont sous sur ta
tandis te tes toi ton tous tout toute toutes tres tu un une vers vos votre vous
"""
_SPANISH = """
al algo algun alguna algunas alguno algunos ambos ante antes aquel aquella aquellas aquello aquellos aqui asi aun
aunque bajo bien cada como con contra cual cuales cualquier cuando cuanto de del desde donde dos durante el ella ellas
ello ellos en entre era eran es esa esas ese eso esos esta estaba estado estan estar estas este esto estos fue fueron
ha haber había han hasta hay incluso la las le les lo los mas me mediante mi mientras mis mucho muy nada ni no nos
nosotros nuestra nuestras nuestro nuestros os otra otras otro otros para pero poco por porque pues que quien quienes
se sea segun ser si sido sin sino sobre solo son su sus tal tambien tan tanto te tiene tienen toda todas todo todos
tras tu tus un una unas uno unos ya yo
"""
_PORTUGUESE = """
acerca ainda algum alguma algumas alguns ao aos apos aquela aquelas aquele aqueles aquilo as ate atraves cada com como
contra contudo da das de dela delas dele deles depois desde dessa desse desta deste do dos durante ela elas ele eles
em entre era eram essa essas esse esses esta estao estas estava este estes eu foi foram ha isso isto ja lhe lhes mais
mas me mesmo meu meus minha minhas muito na nao nas nem nessa nesse nesta neste no nos nossa nossas nosso nossos num
numa onde os ou outra outras outro outros para pela pelas pelo pelos perante pode por porem porque quais qual quando
que quem se seja sem sendo ser seu seus sob sobre sua suas tal tambem tem tendo ter teu teus toda todas todo todos tua
tuas um uma umas uns
"""
_ARABIC = """
أن أنا أو إلى إن التي الذي الذين بعد بين تلك ثم حتى حيث ذلك على عن عند غير في قبل قد كان كانت كل كما لا لم لن ما مع من
منذ نحن هذا هذه هم هو هي
"""
_RUSSIAN = """
без был была были было быть вам вас во вот все всех вы где да для до его ее если есть еще же за здесь из или им их как
ко когда которая которые который которых кто ли между меня мне может мы на над нас не него нее ни них но об он она они
оно от по под при свой со так также там тем то того только уже чем что чтобы эта эти этого этой этот
"""

STOP_WORDS = frozenset(
    word for words in (_ENGLISH, _FRENCH, _SPANISH, _PORTUGUESE, _ARABIC, _RUSSIAN) for word in fold(words).split()
)
"""Folded as terms are: English, French, Spanish, Portuguese, Arabic and Russian."""
