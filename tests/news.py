"""Short invented articles, some of them about the same story."""

BRIDGE = (
    "The Karatobe bridge will reopen on 1 June, the transport minister Dana Oru said on Sunday. "
    "Engineers of the River Commission had found cracks in four pillars. "
    "Repairs cost 48 million crowns."
)
BRIDGE_TOO = (
    "Trains will cross the Karatobe bridge again from 1 June, according to Dana Oru. "
    "The transport minister said the River Commission had cleared its pillars. "
    "The opposition wants to see the contract."
)
BRIDGE_LATER = (
    "The reopening of the Karatobe bridge is put off to 1 July, Dana Oru said. "
    "The River Commission found another crack in a pillar, the transport minister told reporters."
)
MUSEUM = (
    "The museum in Port Hallin bought a painting by Ilse Brandt for 2 million crowns. "
    "Its director Pavel Senn called it the purchase of a lifetime. It hangs in the east wing."
)
OTHER_ORU = (
    "Dana Oru opened a kindergarten in Port Hallin on Saturday. "
    "Forty children moved in, the mayor said, and the cook is from the old harbour canteen."
)
