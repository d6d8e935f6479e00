"""Words of any text that are as well somebody's name, mailbox or page: found in a text, they need not be theirs."""

from __future__ import annotations

_NAMES = """
abbott abbot ace amber angel angela april archer aria ash august aurora autumn baker ball bang bank banks barber barley
basil bass bay bean bear bee bell berry best better bill bin bird bishop black blaze bliss bloom blossom blue bob bond
book booker boon brand brandy bright brook brooke brooks brown buck bud buddy burns bush butler candy carol carpenter
carter case cash chance chandler chase charity cherish cherry chew chin chip chow christian christmas church clay cliff
cloud coal cody cole colt constance cook cooper coral cotton crane cricket crisp cross crow crystal curry dale daisy
dawn day days dean dear destiny dick dill dire doc dolly dong dot dove drake drew driver duke dusty dutch early earl
earnest east echo eden ember emerald eve even evening ever faith fan fang farmer fate fawn fern field fields fine finch
fish fisher flint flora flower flowers foot ford forest forrest forth fortune foster fox frank franklin free french
frost gale game gang gardener gates gay gem gene genesis gentry ginger glass glen glory gold golden good gong grace
grant gray green grey griffin guy hale hall ham hand hands hang happy hardy harmony harry haven hawk hay hazel head
heart heath heather heaven henna hero hill hills holiday holly holmes home honest honey honor honour hope hopes hour
house how hung hunt hunter ice ink iris iron ivory ivy jack jade jam jasmine jay jazz jet jewel joke jolly joy judge
judy july june junior justice justin kay keen kid kin king kings kit kite knight knot lace lady lake lamb lance land
lane lark laurel lavender law leaf lee legend levy liberty light lily lime linen link lock long lot love lovely low luck
lucky lyric mac mace magnolia main maker major mallow man many maple march marigold marina marine mark market marks
marlin marsh marshal marshall martin mason max may mean melody memory men mercer merchant mercy merry mike miles mill
miller mills minor mint miracle miss misty modest moon moor moore more moss much myrtle nash nick night noble noon norm
north nova now oak ocean olive opal page painter palm pan pansy park parker parks parish paris pat patience peace peach
pearl peg penny pepper perry pet piper pike pin ping piper pitch pitt place plum pool poole pope poppy porter potter
pound power precious presley price pride primrose prince princess promise providence prudence queen quest quick quill
quince rain ramp ran rang rank raven ray read reed reef rein reign remedy rich rider ridge ring river rivers road rob
robin rock rocky rod roman rook rose rosemary rosy row rowan royal ruby rush russet rust rusty sable saffron sage
sailor saint salmon sand sanders sandy sang saturn savage savanna savannah say scarlet scout sea season see self senior
serene serenity shade shall sharp shepherd shin shore short show silver sing singer sky skye slate sleep slim small
snow sol solid song sonny south spark sparrow spring spruce stack star starling steel stella stern still stone storm
story street strong sue summer summers sun sung sunny sunday swan sweet swift tab tad talent tan tang tanner taylor
teal temple ten terra thorn thyme tiger time tin tiny tong top toy trace trade trail tray treasure tree trinity trip
true truly trust turner valentine vale valley van vernal verity vest victor victoria vine viola violet virtue vision
walker wall waller walls wan war ward warden warm warren water waters way weaver weeks well wells west wheat wheeler
white wild wilder will win wind wing winner winter winters wise wolf wood woods woody wren wright year yearly young zen
zest zip
"""
_BOXES = """
about account accounts admin all analytics apply archive art artist arts blog book books box build business career
careers chat code coder coding college contact crew data design designer designs dev developer doc docs email
engineer engineering family feed files finance freelance games hello help hey hire hiring home html image images
inbox index info intern jobs join learn links list mail mailbox main marketing math media message music myself news
notes office online owner page pages paper people personal photo photography photos pictures play portfolio post
posts press print private product profile profiles program project projects pub public reader readme research resume
sales school science shared shop site sites software sport sports staff store student students studio study support
tasks teach team tech test tests the thesis things tools travel user users video videos view web website welcome work
works world write writer writing
"""
_HOSTS = """
about amazonaws aol artstation att behance bitbucket blogger blogspot canva carrd codeberg comcast dribbble dropbox
drive facebook fastmail figma flickr github gitlab gmail gmx google googlemail handshake hotmail icloud imgur
instagram joinhandshake kaggle linkedin linktr live mastodon medium msn netlify notion outlook pinterest proton
protonmail qq reddit researchgate sbcglobal snapchat soundcloud squarespace stackoverflow substack tiktok tumblr
tutanota twitch twitter vercel verizon vimeo weebly wix wixsite wordpress yahoo ymail youtube zoho
"""
_PLACES = """
american arena atlantic avenue beacon board branch bridge canyon capital capitol carver castle center central centre
chapel city civic coast compass corner county course crossing crown cypress delta desert district diamond divine dock
eagle empire faculty falls focus garden gate gateway general global grand grove guild harbor harbour heights heritage
highland horizon hunters imperial independence inland inner institute international island junction ladder lakes land
lander lakeland landmark leader learning lens life link lodge manor meadow memorial metro mission model modern mountain
national native nature new normal nurse nursing oakland ocean open orchard outer pace pacific panther path pilgrim
pilot pioneer plaza point port post prairie providence public quarry range regent regents region republic rice ridge
rise rural salt salve shore signal skyline spire spirit sport spring square stage state station steel stem summit
temple terrace tower town trade union unity urban valley venture view village vista visual vital water waterfront
western wilderness winds woodland world yard
"""
EVERYDAY = frozenset(_NAMES.split())
"""Names that are words of any English text, as they are folded."""
BOXES = EVERYDAY | frozenset(_BOXES.split())
"""What many a mailbox and page is called."""
PLACES = EVERYDAY | frozenset(_PLACES.split())
"""What schools are called, and other things besides."""
HOSTS = frozenset(_HOSTS.split()) | {
    "com", "org", "net", "edu", "gov", "info", "dev", "app", "www", "http", "https", "mailto", "example", "invalid",
    "test", "mail", "web", "alumni", "students", "student", "my", "in", "io", "co", "ac",
}  # fmt: skip
"""Parts of addresses that are nobody's own."""
