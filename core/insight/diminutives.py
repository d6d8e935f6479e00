"""What people of a name are called, and other ways to write it. Words of any text (Bill, Will, Sue) are left out."""

from __future__ import annotations

_GROUPS = """
abigail abby abbie gail
abraham abe bram
albert bert bertie al
alexander alex alec sasha xander aleksandr alejandro
alexandra alex alexa lexi sasha sandra
alfred fred freddie alfie
amanda mandy
andrew andy drew andreas andrei andres
anastasia stacy nastya ana
angela angie
anna anne ann annie anya hannah
anthony tony antonio anton
barbara barb barbie babs
benjamin ben benny benji
bernard bernie
bradley brad
brian bryan
carolina caroline carrie caro
catherine katherine kathryn katharine kathy cathy kate katie kat kathleen katarina ekaterina katya caitlin kaitlyn
charles charlie chuck carlos
charlotte lottie charlie
christina christine kristina kristin chris chrissy tina
christopher chris topher kris
cynthia cindy
daniel dan danny
daniela danielle dani
david dave davey
deborah debra deb debbie
dmitry dmitri dima mitya
dorothy dot dottie
edward ed eddie ted teddy ned eduardo
eleanor ellie nora nell
elizabeth liz lizzie lizzy beth betty bess eliza elisabeth elsie lisa libby betsy
emily em emmy emilia
eugene gene
evelyn evie eve
francisco francis paco pancho frankie
frances fran francesca
frederick fred freddie fredrick
gabriel gabe
gabriela gabriella gabby gaby
gerald gerry jerry
gregory greg gregg
guillermo memo
harold harry hal
henry hank harry
isabella isabel isabelle izzy bella
jacob jake jakob
jacqueline jackie
james jim jimmy jamie
janet jan
jeffrey jeff geoffrey geoff
jennifer jen jenny jenn
jessica jess jessie
jesus chuy
john johnny jonny jon juan ivan johannes
jonathan jon jonny johnathan nathan
jose pepe
joseph joe joey josef giuseppe
josephine josie jo
joshua josh
judith judy
julia julie jules
kenneth ken kenny
kimberly kim kimmy
kristen kristin kris
lawrence larry laurence
leonard leo len lenny
leonardo leo
louis lou louie luis
lucille lucy
madeline maddie madeleine
margaret maggie meg peggy margie marge greta margarita
maria mary marie mia
martha marty
matthew matt matty mateo matias
maximilian max
megan meg
melissa mel missy
michael mike mikey mick mickey miguel mikhail misha
michelle shelly
mohammed muhammad mohamed mohammad muhammed mohamad mehmet mo
nancy nan
natalia natalie nat natasha
nathaniel nathan nate nat
nicholas nick nicky nico nicolas nikolai kolya nikolas
olivia liv livvy
pamela pam
patricia pat patty tricia trish
patrick pat paddy
peter pete pedro pyotr
philip phillip phil
rachel rach
raymond ray
rebecca becca becky
richard rick ricky dick rich richie ricardo
robert rob bob bobby robbie roberto bert
roberta bobbie
rodrigo rod
ronald ron ronnie
salvador sal
samantha sam sammy
samuel sam sammy
sarah sara sally sadie
sergei seryozha
stephanie steph
stephen steven steve stevie stefan esteban
susan suzanne sue susie suzy
teresa theresa terry tess tessa
theodore ted teddy theo
thomas tom tommy tomas
timothy tim timmy
valentina val
veronica ronnie roni
victoria vicky vicki tori
vincent vince vinny
vladimir volodya vova
william billy liam wilhelm guillaume bill will
yusuf yousef youssef
zachary zach zack zac
"""
_OF: dict[str, set[str]] = {}
for _group in _GROUPS.strip().splitlines():
    for _name in _group.split():
        _OF.setdefault(_name, set()).update(_group.split())


def called(name: str) -> frozenset[str]:
    """Of a folded first name, what else its people are called; nothing of one that is not known."""
    return frozenset(_OF.get(name, ())) - {name}
