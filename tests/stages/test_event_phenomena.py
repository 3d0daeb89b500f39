"""What happened, who did it to whom, and whether it happened at all, by phenomenon, as a coder reads it.

The mark-up is explained in ``tests/marked.py``; types are those of ``models/ontology.yaml``.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from marked import Marked, cases, complaints

from pipeline.records import Record
from pipeline.resources import load_yaml

# one group for each type, named as it is
TYPES = {
    "armed_clash": {
        "clash": "[Rebels | source target] [clashed | armed_clash] with [government troops | source target] near Taiz.",
        "gun_battle": "A [gun battle | armed_clash] broke out between [police | source target] and [drug traffickers "
        "| source target] in Reynosa.",
        "ambush": "[Maoist fighters | source] [ambushed | armed_clash] [a police convoy | target] in Bastar.",
        "coder": "On 14 June 2020, NPA rebels [clashed | armed_clash] with the 62nd IB in Guihulngan. No casualties "
        "reported. => killed 0, injured 0",
        "repelled": "[Iraqi forces | target] repelled an [attack | armed_clash] by [Islamic State fighters | source] "
        "on the checkpoint.",
        "fighting": "Heavy [fighting | armed_clash] raged on Wednesday between [the army | source target] and "
        "[separatists | source target] on the edge of the town.",
        "firefight": "Two soldiers died in a [firefight | armed_clash] with smugglers. => killed 2",
        "battle_noun": "The [battle | armed_clash] for Sirte entered its third week.",
        "traded": "[Border guards | source target] [traded | armed_clash] fire with [smugglers | source target] near "
        "Nimroz.",
        "stormed_post": "[About 30 insurgents | source] [stormed | armed_clash] [an army outpost | target] in Cabo "
        "Delgado.",
    },
    "air_strike": {
        "warplanes": "[Warplanes | source] [bombed | air_strike] [rebel positions | target] outside Saada.",
        "drone": "A [drone | source] [struck | air_strike] [a fuel truck | target] on the border road.",
        "nominal": "[Israeli | source] [air strikes | air_strike] on the airport put it out of service.",
        "barrel_bombs": "Helicopters [dropped | air_strike] barrel bombs on a residential quarter.",
        "coder": "On 2 January 2020, Russian warplanes carried out four [airstrikes | air_strike] on the outskirts "
        "of Binnish. Casualties unknown. => nothing",
        "jets": "Fighter jets [pounded | air_strike] a militant hideout at dawn.",
        "helicopter": "An army helicopter [fired | air_strike] rockets at [a convoy of pick-ups | target].",
        "uav": "A UAV [hit | air_strike] [an ammunition depot | target] near Stepanakert.",
    },
    "shelling": {
        "verb": "[Regime forces | source] [shelled | shelling] [the village | target] with artillery.",
        "rockets": "[Hamas | source] [fired | shelling] 40 rockets at southern Israel.",
        "mortar": "Mortar [rounds hit | shelling] a market in the old city.",
        "missile": "[Houthi rebels | source] [launched | shelling] a ballistic missile at the port.",
        "nominal": "[Artillery shelling | shelling] by [separatists | source] damaged a school.",
        "headline": "Rocket [attack | shelling] hits base housing foreign troops",
        "tank": "[Separatists | source] [fired | shelling] tank shells at [a checkpoint | target].",
        "landed": "Several Katyusha [rockets landed | shelling] inside the air base.",
    },
    "explosion": {
        "roadside": "A roadside [bomb killed | explosion] two soldiers in Helmand.",
        "landmine": "A tractor [hit | explosion] a landmine near Donetsk.",
        "car_bomb": "A car [bomb went off | explosion] outside a hotel in Mogadishu.",
        "ied": "IED [blast | explosion] kills 3 in Quetta",
        "detonated": "[Militants | source] [detonated | explosion] a bomb under a police van.",
        "stepped": "A boy lost a leg when he [stepped | explosion] on a mine.",
        "coder": "On 20 April 2021, an IED planted by suspected ISIS militants [exploded | explosion] near a SDF "
        "vehicle in Busayrah. Fatalities unknown. => nothing",
        "letter": "A parcel bomb [exploded | explosion] in the hands of a postal worker.",
        "tore": "An [explosion tore | explosion] through a bus in Grozny; police found traces of TNT.",
        "truck": "[A military truck | target] was [destroyed | explosion] by a roadside bomb.",
    },
    "suicide_bombing": {
        "bomber": "A suicide [bomber attacked | suicide_bombing] a mosque in Kandahar.",
        "blew_up": "A man [blew | suicide_bombing] himself up at the gate of the police academy.",
        "vest": "A woman wearing a suicide vest [detonated | suicide_bombing] it in a crowd of displaced people.",
        "nominal": "The group said it was behind the suicide [bombing | suicide_bombing] in Kabul.",
        "rammed": "A bomber [rammed | suicide_bombing] a car packed with explosives into [a barracks | target] and "
        "died.",
        "two_women": "Two girls [detonated | suicide_bombing] their explosive belts in a market in Maroua.",
    },
    "grenade": {
        "hurled": "Two men on a motorbike [hurled | grenade] a grenade at [a bar | target] in Bujumbura.",
        "nominal": "A [grenade attack | grenade] on a bus park injured six people.",
        "passive": "A hand grenade was [thrown | grenade] at [the house | target] of a councillor.",
        "exploded": "A [grenade exploded | grenade] in a market in Cotabato.",
    },
    "chemical_weapon": {
        "chlorine": "Dozens of people choked in a [chlorine | chemical_weapon] attack on the town of Saraqib.",
        "sarin": "[Government jets | source] [dropped | chemical_weapon] sarin on the rebel-held town.",
        "mustard": "Fighters [fired | chemical_weapon] shells filled with mustard gas at [Kurdish troops | target].",
        "nominal": "Doctors treated victims of a poison gas [attack | chemical_weapon].",
    },
    "attack": {
        "shot": "[Gunmen | source] [shot | attack] [a journalist | target] in Tijuana.",
        "stabbed": "[A man | source] [stabbed | attack] [two commuters | target] at a railway station.",
        "executed": "[Al-Shabaab | source] publicly [executed | attack] [five men | target] accused of spying.",
        "coder": "On 30 March 2021, unidentified gunmen [shot | attack] and killed a tribal elder in Al-Hirak. => "
        "killed 1",
        "assassination": "The [assassination | attack] of [the mayor | target] has shocked Ciudad Juarez.",
        "beat": "[Soldiers | source] [beat | attack] [a farmer | target] at a checkpoint.",
        "massacre": "[Rebels | source] [massacred | attack] [villagers | target] in Ituri.",
        "knifed": "[A teenager | target] was [knifed | attack] outside a night club.",
        "ran_over": "[A man | source] drove a van into a crowd of shoppers, [injuring | attack] nine. => injured 9",
        "acid": "[Two men | source] [threw | attack] acid at [a schoolgirl | target] in Kandahar.",
        "poisoned": "[A former spy | target] was [poisoned | attack] in his garden.",
        "tortured": "[Prison guards | source] [tortured | attack] [a detainee | target] to death. => killed 1",
    },
    "abduction": {
        "kidnapped": "[Gunmen | source] [kidnapped | abduction] [a doctor | target] in Port Harcourt.",
        "snatched": "[Two engineers | target] were [snatched | abduction] from their car by [bandits | source].",
        "hostage": "[Prisoners | source] [took | abduction] [four guards | target] hostage.",
        "nominal": "The [abduction | abduction] of [12 pupils | target] led to a protest of teachers.",
        "disappeared": "The activist was forcibly [disappeared | abduction] by the security services.",
        "hijacked": "Pirates [hijacked | abduction] [a tanker | target] off Somalia.",
        "carried_off": "[Raiders | source] [carried off | abduction] [12 women | target] from a village in Diffa.",
        "held_captive": "[A Dutch engineer | target] is being [held | abduction] captive by [rebels | source] in "
        "Arauca.",
        "taken_from": "[The blogger | target] was [taken | abduction] from his flat by masked men and has not been "
        "seen since.",
    },
    "sexual_violence": {
        "raped": "[Militiamen | source] [raped | sexual_violence] [three women | target] who were gathering firewood.",
        "gang_rape": "The [gang rape | sexual_violence] of a student in Delhi set off an outcry.",
        "assault": "[A soldier | source] sexually [assaulted | sexual_violence] [a girl | target] at a checkpoint.",
        "notes": "Goma: 2 women [raped | sexual_violence] by armed men on the road to the fields.",
    },
    "mob_violence": {
        "lynched": "A [mob | source] [lynched | mob_violence] [a man | target] accused of theft.",
        "beaten": "[An angry crowd | source] [beat | mob_violence] [two suspected thieves | target] to death in "
        "Dschang.",
        "communal": "[Farmers | source target] and [herders | source target] [clashed | mob_violence] over grazing "
        "land in Benue.",
        "vigilantes": "Vigilantes [burned | mob_violence] alive a man suspected of witchcraft.",
        "coder": "On 8 August 2020, residents of two villages [clashed | mob_violence] with sticks and machetes over "
        "a well.",
    },
    "violent_demonstration": {
        "stones": "[Protesters | source] [threw | violent_demonstration] stones at [police | target] in Conakry.",
        "rioted": "[Youths | source] [rioted | violent_demonstration] in the suburb for a second night.",
        "burned_tyres": "Demonstrators [burned | violent_demonstration] tyres and looted shops in Port-au-Prince.",
        "clashes": "[Clashes | violent_demonstration] broke out between stone-throwing demonstrators and riot police.",
        "stormed": "Protesters [stormed | violent_demonstration] the parliament and set fire to the chamber.",
    },
    "excessive_force": {
        "live_rounds": "[Police | source] fired live rounds at [peaceful protesters | target], [killing | "
        "excessive_force] two. => killed 2",
        "opened_fire": "[Soldiers | source] [opened | excessive_force] fire on [a peaceful march | target] in "
        "Khartoum, wounding nine people. => injured 9",
        "shot_dead": "[A student | target] was [shot | excessive_force] dead by [police | source] during a peaceful "
        "sit-in. => killed 1",
        "coder": "On 28 February 2021, police [shot | excessive_force] at peaceful demonstrators in Dawei, killing "
        "at least 3. => killed 3/3/-",
    },
    "property_destruction": {
        "arson": "[Unknown men | source] [set | property_destruction] fire to [a clinic | target] in Kasai.",
        "looted": "[Soldiers | source] [looted | property_destruction] [shops | target] in the abandoned town.",
        "razed": "[Militiamen | source] [razed | property_destruction] [30 houses | target] in the hamlet.",
        "vandalism": "Vandals [desecrated | property_destruction] [a Jewish cemetery | target] in Alsace.",
        "bulldozed": "Israeli forces [demolished | property_destruction] the home of the suspect.",
        "smashed": "[Vandals | source] [smashed | property_destruction] [the windows | target] of a synagogue.",
        "burnt": "[Armed men | source] [burnt | property_destruction] [two churches | target] in Wollega.",
    },
    "peaceful_protest": {
        "marched": "[Hundreds of nurses | source] [marched | peaceful_protest] through Lima to demand masks.",
        "sit_in": "[Students | source] held a [sit-in | peaceful_protest] outside the ministry.",
        "coder": "On 6 February 2021, about 200 people [protested | peaceful_protest] in Mandalay against the coup.",
        "strike": "Bus drivers went on [strike | peaceful_protest] over unpaid wages.",
        "rally": "A [rally | peaceful_protest] against corruption drew thousands in Sofia.",
        "vigil": "Mothers of the missing held a [vigil | peaceful_protest] with candles in the square.",
        "blocked": "[Farmers | source] [blocked | peaceful_protest] a motorway with tractors to protest against fuel "
        "taxes.",
        "took_streets": "[Thousands | source] [took | peaceful_protest] to the streets of Yangon banging pots.",
        "picket": "[Miners | source] [picketed | peaceful_protest] the company's offices.",
    },
    "protest_with_intervention": {
        "dispersed": "[Police | source] [dispersed | protest_with_intervention] a [march | "
        "protest_with_intervention] of teachers with water cannon.",
        "tear_gas": "Riot police fired tear [gas | protest_with_intervention] at peaceful demonstrators in Tunis.",
        "arrested": "Police broke up a rally in Minsk and [detained | protest_with_intervention] 40 demonstrators.",
        "coder": "On 1 May 2020, workers held a march in Istanbul. Police intervened and [dispersed | "
        "protest_with_intervention] it.",
    },
    "government_regains_territory": {
        "recaptured": "[Government troops | source] [recaptured | government_regains_territory] Kunduz after three "
        "days.",
        "retook": "[The army | source] [retook | government_regains_territory] the hill on Sunday.",
        "liberated": "Baiji was [liberated | government_regains_territory] from the jihadists by [Iraqi forces | "
        "source].",
        "control": "Somali troops have [regained | government_regains_territory] control of the town of Adale.",
        "cleared": "[Troops | source] [cleared | government_regains_territory] the town of insurgents.",
        "control_of": "[Government forces | source] [took | government_regains_territory] back control of the bridge.",
    },
    "non_state_actor_overtakes_territory": {
        "overran": "[Taliban fighters | source] [overran | non_state_actor_overtakes_territory] a district centre in "
        "Faryab.",
        "seized": "[Rebels | source] [seized | non_state_actor_overtakes_territory] the town of Bambari.",
        "captured": "[M23 | source] [captured | non_state_actor_overtakes_territory] Bunagana on the Ugandan border.",
        "fell": "The town of Palma [fell | non_state_actor_overtakes_territory] to [insurgents | source] on Saturday.",
        "nominal": "The [capture | non_state_actor_overtakes_territory] of Mosul by [jihadists | source] stunned the "
        "capital.",
        "took": "[Fighters of the Arakan Army | source] [took | non_state_actor_overtakes_territory] a border post.",
        "drove": "[Islamists | source] [drove | non_state_actor_overtakes_territory] the army out of Marka.",
    },
    "non_violent_transfer_of_territory": {
        "without_fight": "Taliban fighters [took | non_violent_transfer_of_territory] over the district without a "
        "fight after the police had left.",
        "handed": "Kurdish forces [handed | non_violent_transfer_of_territory] control of the town over to the army.",
        "withdrew": "The militia [withdrew | non_violent_transfer_of_territory] from two villages, and government "
        "forces moved in without resistance.",
        "vacated": "Armenian troops [vacated | non_violent_transfer_of_territory] the Kelbajar district, and "
        "Azerbaijani units entered it.",
    },
    "headquarters_established": {
        "outpost": "[Turkish forces | source] [established | headquarters_established] a military outpost near Maarat.",
        "base": "[The rebels | source] [set up | headquarters_established] a base in the forest.",
        "observation": "On 7 February 2020, Turkish forces [set up | headquarters_established] a new observation "
        "post in Taftanaz.",
        "headquarters": "The militia has [opened | headquarters_established] a headquarters in the old school.",
    },
    "disrupted_weapons_use": {
        "defused": "[Police | source] [defused | disrupted_weapons_use] [a bomb | target] found under a bridge.",
        "shot_down": "[Air defences | source] [shot | disrupted_weapons_use] down [three drones | target] over the "
        "refinery.",
        "cache": "[Troops | source] [seized | disrupted_weapons_use] [a cache of rifles | target] in a cave.",
        "controlled": "Sappers carried out a controlled [explosion | disrupted_weapons_use] on a wartime shell.",
        "found": "Soldiers [found | disrupted_weapons_use] and removed two roadside bombs on the airport road.",
        "intercepted": "[The navy | source] [intercepted | disrupted_weapons_use] [a missile | target] fired at a "
        "cargo ship.",
        "seized_arms": "[Customs officers | source] [seized | disrupted_weapons_use] [300 pistols | target] hidden "
        "in a lorry.",
        "neutralised": "Sappers [neutralised | disrupted_weapons_use] an anti-tank mine on the beach.",
    },
    "arrest": {
        "arrested": "[Police | source] [arrested | arrest] [six suspects | target] in a dawn raid in Antwerp.",
        "detained": "[The editor | target] was [detained | arrest] by [intelligence agents | source] on Friday.",
        "custody": "[A man of 34 | target] was [taken | arrest] into custody.",
        "nominal": "The [arrest | arrest] of [the opposition leader | target] prompted an outcry.",
        "coder": "On 11 March 2021, security forces [arrested | arrest] 15 members of the Muslim Brotherhood in Amman.",
        "nabbed": "[Detectives | source] [nabbed | arrest] [a suspected drug lord | target] at the airport.",
        "held": "[Three teenagers | target] have been [remanded | arrest] in custody.",
        "captured_fugitive": "[Police | source] [captured | arrest] [a fugitive | target] wanted for fraud.",
    },
    "agreement": {
        "ceasefire": "[The government | source target] and [the rebels | source target] signed a [ceasefire | "
        "agreement].",
        "swap": "The two armies carried out a [prisoner swap | agreement] on the bridge.",
        "truce": "Two clans in Marib reached a [truce | agreement].",
        "peace_deal": "A [peace deal | agreement] between Juba and the rebels was signed on Monday.",
    },
    "change_to_group": {
        "pledged": "The faction [pledged | change_to_group] allegiance to Islamic State.",
        "merged": "Three rebel groups [merged | change_to_group] into a single army.",
        "laid_down": "Some 200 fighters [laid | change_to_group] down their arms in Buenaventura.",
        "split": "Dissidents [broke | change_to_group] away from the front and formed a faction of their own.",
        "defected": "A colonel and 30 of his men [defected | change_to_group] to the rebels.",
    },
    "other_strategic": {
        "mass_grave": "Investigators [found | other_strategic] a mass grave with 40 bodies near Tarhuna.",
        "unearthed": "A mass [grave | other_strategic] was discovered in a field outside Sinjar.",
        "coup": "Officers [overthrew | other_strategic] the president in a bloodless coup.",
    },
    "vehicle_collision": {
        "collided": "[A bus | source] [collided | vehicle_collision] with [a lorry | target] on a mountain road.",
        "nominal": "A [collision | vehicle_collision] of two trains injured 30 people near Bhopal. => injured 30",
        "rammed": "A coastguard cutter [rammed | vehicle_collision] a fishing boat off Rizhao.",
    },
    "accident": {
        "plane": "A cargo plane [crashed | accident] on take-off in Goma, killing its crew of three. => killed 3",
        "ferry": "A ferry [capsized | accident] on Lake Volta.",
        "building": "Eight workers died when a building [collapsed | accident] in Lagos. => killed 8",
        "bus": "A bus plunged into a ravine in Bolivia, [killing | accident] 16 passengers. => killed 16",
    },
    "man_made_disaster": {
        "fire": "A [fire | man_made_disaster] at a garment factory killed 12 workers in Dhaka. => killed 12",
        "gas": "A gas [leak | man_made_disaster] at a chemical plant sickened hundreds.",
        "boiler": "A boiler [exploded | man_made_disaster] at a sugar mill, killing two men. => killed 2",
    },
    "natural_disaster": {
        "quake": "An [earthquake | natural_disaster] shook Sulawesi, killing 34 people. => killed 34",
        "flood": "[Floods | natural_disaster] swept away a village in Nepal.",
        "landslide": "Five people are missing after a [landslide | natural_disaster] in Gansu. => missing 5",
    },
    "organised_crime": {
        "smuggling": "Two brothers [smuggled | organised_crime] 300 pistols across the lake.",
        "robbery": "An armed [robbery | organised_crime] at a jeweller's netted the thieves a fortune.",
        "drugs": "Officers [seized | organised_crime] two tonnes of cocaine in Antwerp.",
    },
    "displacement": {
        "fled": "Some 4,000 people [fled | displacement] their homes overnight. => displaced -/4000/-",
        "displaced": "At least 600 people were [displaced | displacement] in Beni territory. => displaced 600/600/-",
        "nominal": "NGO note: [displacement | displacement] of 2,000 herders towards Fada. => displaced 2000",
    },
    "death": {
        "hiker": "A hiker [died | death] on the trail; the cause is unknown. => killed 1",
        "died": "Two climbers [died | death] on the north face.",
        "dead": "A woman was found [dead | death] in her flat; the police do not know how she died. => killed 1",
    },
}

# a group for each PLOVER root of words and policy; the others are above
PLOVER = {
    "agree": {
        "sign": "[Egypt | source target] and [Sudan | source target] [signed a trade accord | agree].",
        "pledge": "[Norway | source] [agreed | agree] to take in 50 refugees.",
        "pact": "The two ministers reached an [agreement | AGREE] on fishing quotas.",
    },
    "consult": {
        "met": "[The prime minister | source] [met | CONSULT] [the French ambassador | target] in Bamako.",
        "talks": "[Talks | CONSULT] between [Athens | source target] and [Ankara | source target] resumed on Monday.",
        "call": "[The president | source] [telephoned | CONSULT] [the king | target] on Thursday to discuss the "
        "border.",
        "visit": "[The envoy | source] [visited | CONSULT] Sanaa on Tuesday.",
    },
    "support": {
        "praised": "[The minister | source] [praised | SUPPORT] [the police | target] for their restraint.",
        "endorsed": "[The union | source] [endorsed | SUPPORT] [the candidate | target].",
        "recognised": "[Kosovo | target] was [recognised | SUPPORT] by [Peru | source] on Friday.",
    },
    "concede": {
        "released": "[The government | source] [released | concede] [120 political prisoners | target].",
        "resigned": "[The prime minister | source] [resigned | concede] after weeks of protests.",
        "lifted": "[Authorities | source] [lifted | concede] the curfew in Srinagar.",
    },
    "cooperate": {
        "exercise": "India and Japan held a joint naval [exercise | cooperate].",
        "intelligence": "[Kenya | source] [shared | cooperate] intelligence with [Uganda | target].",
        "joint_patrols": "Russian and Turkish troops conducted a joint [patrol | cooperate].",
    },
    "aid": {
        "sent": "[Japan | source] [sent | aid] tents and blankets to [Tonga | target].",
        "delivered": "[The Red Cross | source] [delivered | aid] food to [families | target] in Tigray.",
        "rescued": "[Coastguards | source] [rescued | aid] [14 migrants | target] from a sinking dinghy.",
        "granted": "[The World Bank | source] [granted | aid] [Malawi | target] 40 million dollars.",
    },
    "retreat": {
        "withdrew": "[French troops | source] [withdrew | RETREAT] from their base in Gao.",
        "pulled_out": "[The United States | source] [pulled | RETREAT] out its last soldiers.",
        "withdrawal": "The [withdrawal | RETREAT] of [Ethiopian forces | source] began on Monday.",
    },
    "request": {
        "urged": "[The UN | source] [urged | REQUEST] [both sides | target] to protect civilians.",
        "appeal": "[The governor | source] [appealed | REQUEST] to [donors | target] for tents.",
        "demand": "[The opposition | source] [demanded | REQUEST] a recount.",
    },
    "accuse": {
        "accused": "[Kyiv | source] [accused | ACCUSE] [Moscow | target] of shelling a hospital.",
        "condemned": "[The bishops | source] [condemned | ACCUSE] the raid.",
        "charged": "[Prosecutors | source] [charged | ACCUSE] [the banker | target] with fraud.",
        "blamed": "[The rebels | target] were [blamed | ACCUSE] by [the army | source] for the attack.",
    },
    "reject": {
        "rejected": "[Tehran | source] [rejected | REJECT] [the offer | target].",
        "vetoed": "[Russia | source] [vetoed | REJECT] the draft resolution.",
        "refused": "[The general | source] [refused | REJECT] to step down.",
    },
    "threaten": {
        "threatened": "[North Korea | source] [threatened | THREATEN] [the South | target] with war.",
        "warned": "[The rebels | source] [warned | THREATEN] that they would attack the capital.",
        "ultimatum": "[ECOWAS | source] gave [the junta | target] an [ultimatum | THREATEN].",
    },
    "protest": {
        "rallied": "[Pensioners | source] [rallied | PROTEST] in Athens.",
        "hunger": "[Inmates | source] began a hunger [strike | PROTEST] in Evin prison.",
        "demonstration": "A [demonstration | PROTEST] by [farmers | source] blocked the ring road.",
    },
    "sanction": {
        "imposed": "[The EU | source] [imposed | SANCTION] sanctions on [Belarus | target].",
        "expelled": "[Prague | source] [expelled | SANCTION] [18 Russian diplomats | target].",
        "cut_ties": "[Riyadh | source] [cut | SANCTION] diplomatic ties with [Doha | target].",
    },
    "mobilize": {
        "deployed": "[Kenya | source] [deployed | MOBILIZE] 300 soldiers to the border.",
        "exercise": "[China | source] held a military [exercise | MOBILIZE] in the strait.",
        "alert": "The army was [put on alert | MOBILIZE].",
    },
    "coerce": {
        "curfew": "[The governor | source] [imposed a curfew | COERCE] on the city.",
        "raided": "[Police | source] [raided | COERCE] [the newspaper's office | target] and took away computers.",
        "banned": "[The junta | source] [banned | COERCE] [all parties | target].",
        "blockade": "[The navy | source] [blockaded | COERCE] the port.",
    },
    "assault": {
        "attacked": "[Bandits | source] [attacked | ASSAULT] [a village | target] in Kaduna.",
        "bombing": "The [bombing | ASSAULT] of [a school | target] caused outrage.",
        "killed": "[Rebels | source] [killed | ASSAULT] [a ranger | target] in Virunga. => killed 1",
    },
}

FORMS = {
    "passive": {
        "by": "[A convoy | target] was [ambushed | ASSAULT] by [gunmen | source].",
        "agentless": "[The mayor | target] was [murdered | attack] at home. => killed 1",
        "get": "[Three tourists | target] got [kidnapped | abduction] on the road to Timbuktu. => captured 3",
        "perfect": "[Six journalists | target] have been [arrested | arrest] in Ankara.",
        "being": "[A column of refugees | target] was being [shelled | shelling] as it crossed the bridge.",
        "two_verbs": "[A judge | target #a] was [kidnapped | #a abduction] in March and [murdered | #b attack] in May.",
        "with_by_date": "[Two guards | target] were [shot | attack] dead by mid-morning. => killed 2",
        "wounded_by": "[A fisherman | target] was [wounded | ASSAULT] by naval gunfire. => injured 1",
        "torched": "[Five trucks | target] were [torched | property_destruction] by [rebels | source].",
        "were_clashes": "There were [clashes | armed_clash] between [militiamen | source target] and [bandits | "
        "source target].",
    },
    "nominal": {
        "of_object": "The [killing | attack] of [two nuns | target] drew condemnation. => killed 2",
        "of_by": "The [murder | attack] of [a ranger | target] by [poachers | source] shocked Kenya. => killed 1",
        "adjective_source": "[Saudi-led | source] [air strikes | air_strike] on [a wedding | target] killed 20 "
        "people. => killed 20",
        "possessive_source": "[Turkey | source]'s [shelling | shelling] of [Kurdish villages | target] went on.",
        "against": "A [knife attack | attack] against [pensioners | target] in Lyon left one dead. => killed 1",
        "between": "[Skirmishes | armed_clash] between [Armenian | source target] and [Azerbaijani troops | source "
        "target] continued.",
        "possessive_target": "[The journalist | target]'s [murder | attack] was never solved.",
        "shelling_of_by": "The [shelling | shelling] of Avdiivka by [Russian troops | source] killed two.",
        "attempt_on": "The attempted [murder | ASSAULT] of [a bishop | target] by [a stranger | source] left him "
        "with cuts. => injured 1",
        "siege": "The [siege | COERCE] of Taiz has lasted two years.",
        "arrest_by": "The [arrest | arrest] of [two imams | target] by [federal police | source] led to protests.",
    },
    "light_verb": {
        "carried_out": "[The group | source] carried out [an attack | ASSAULT] on [a bank | target].",
        "came_under_fire": "[A UN patrol | target] came under [fire | ASSAULT] from [unknown gunmen | source] in "
        "Ituri.",
        "came_under_heavy_fire": "[The convoy | target] came under heavy [fire | attack] near Gao.",
        "automatic_fire": "A lawyer died after his car was sprayed with [submachinegun fire | attack]. => killed 1",
        "committed_by": "[Two shopkeepers | target] were [killed | attack] in a knife attack committed by a lone man. "
        "=> killed 2",
        "came_under_attack": "[The village | target] came under [attack | ASSAULT] at dawn.",
        "launched": "[Jihadists | source] launched an [assault | ASSAULT] on [an army camp | target].",
        "staged": "[Insurgents | source] staged a [raid | ASSAULT] on [a police post | target].",
        "conducted": "[The air force | source] conducted three [air strikes | air_strike] on Sunday.",
        "made_arrests": "[Police | source] made four [arrests | arrest] after the match.",
        "held_talks": "[The envoys | source] held [talks | CONSULT] in Geneva.",
        "exchanged_fire": "[Indian | source target] and [Pakistani soldiers | source target] [exchanged fire | "
        "armed_clash] across the line.",
        "fell_victim": "[A shopkeeper | target] fell victim to a [shooting | attack] in Malmo.",
        "mounted": "[The militia | source] mounted a [raid | ASSAULT] on [a cattle camp | target].",
        "committed": "[Soldiers | source] committed a [massacre | attack] in the hamlet.",
        "suffered": "[The convoy | target] suffered an [ambush | ASSAULT] near Mopti.",
        "opened_attack": "[Rebels | source] opened an [offensive | ASSAULT] against [the army | target].",
        "paid_visit": "[The pope | source] paid a [visit | CONSULT] to Iraq.",
        "issued_threat": "[The gang | source] issued a [threat | THREATEN] against [the mayor | target].",
    },
    "reduced_relative": {
        "participle": "[Two boys | target] [shot | attack] by [soldiers | source] in Hebron were taken to hospital.",
        "kidnapped": "[A nun | target] [kidnapped | abduction] in Mali in 2017 has appeared in a video.",
        "detained": "[Lawyers | target] [detained | arrest] after the coup are on hunger strike.",
        "gerund": "[Fighters | source] [attacking | ASSAULT] [the base | target] used a tunnel.",
        "relative": "[The gunman | source] who [shot | attack] [the senator | target] has not been found.",
        "killed_in": "[A medic | target] [killed | ASSAULT] in a raid on Tuesday was buried in Gulu. => killed 1",
        "accused": "[A colonel | target] [accused | ACCUSE] of corruption has fled.",
        "wounded_gerund": "[Troops | source] [searching | COERCE] a farm found rifles.",
    },
    "conjoined": {
        "two_verbs": "[Gunmen | source] stormed a bar and [shot | attack] [the owner | target].",
        "shared_subject": "[Police | source #a] [searched | #a COERCE] a house and [arrested | #b arrest] [a student "
        "| target #b].",
        "three": "[Rebels | source #a] [attacked | #a ASSAULT] a village, [abducted | #b abduction] ten women and "
        "[burned | #c property_destruction] the huts.",
        "two_targets": "[Militants | source] [killed | attack] [a teacher | target] and [a guard | target]. => "
        "killed 2",
        "two_sources": "[Soldiers | source] and [militiamen | source] [attacked | ASSAULT] [a monastery | target].",
        "same_object": "[Bandits | source] [robbed and murdered | attack] [a trader | target]. => killed 1",
        "but": "[The gunmen | source #a] [killed | #a ASSAULT] a guard but [released | #b concede/aid] [the hostages "
        "| target #b].",
        "before": "[Rebels | source #a] [looted | #a property_destruction] a clinic before they [abducted | #b "
        "abduction] [two nurses | target #b].",
    },
    "agentless": {
        "exploded": "A bomb [exploded | explosion] in a rubbish bin in Athens.",
        "shots": "[Shots were fired | attack] at [the embassy | target].",
        "grenade_went_off": "A grenade [went off | grenade] outside a church.",
        "erupted": "[Clashes | armed_clash] erupted in the hills around Sada.",
        "found_shot": "[Three men | target] were found [shot | attack] dead in a car. => killed 3",
        "fell": "[Shells fell | shelling] on the hospital.",
    },
    "phrasal": {
        "gunned_down": "[A prosecutor | target] was [gunned | attack] down in Asuncion. => killed 1",
        "opened_fire": "[A sniper | source] [opened | ASSAULT] fire on [a bus | target].",
        "blew_up": "[Saboteurs | source] [blew | explosion] up [a pipeline | target].",
        "set_on_fire": "[Rebels | source] [set | property_destruction] [two trucks | target] on fire.",
        "burned_down": "[Settlers | source] [burned | property_destruction] down [an olive press | target].",
        "rounded_up": "[Troops | source] [rounded | arrest] up [30 young men | target].",
    },
    "headline": {
        "present": "[Gunmen | source] [kill | ASSAULT] [three farmers | target] in Kaduna => killed 3",
        "participle": "[Mayor | target] [shot | attack] dead in Michoacan => killed 1",
        "noun": "Hotel [siege | ASSAULT/COERCE] ends with ten dead => killed 10",
        "colon": "Yemen: [air strike | air_strike] on market",
        "notes": "JALALABAD: [gunmen | source] [attack | ASSAULT] [checkpoint | target]. Two police hurt. => injured 2",
        "telegraphic": "25 Jan: [ambush | ASSAULT] on patrol S of Bossangoa, 1 soldier wounded. => injured 1",
        "quote": "'We were [attacked | ASSAULT] at night,' says village head",
        "infinitive": "Government to [release | concede hypothetical] prisoners",
        "two_nouns": "Village [massacre | attack] toll climbs to 40 => killed 40",
        "at_end": "Grenade [attack | grenade] in Arua: 3 hurt => injured 3",
        "passive_short": "Journalist [abducted | abduction] in Sinaloa => captured 1",
        "comma": "[Police | source] [arrest | arrest] [pastor | target], seize guns",
    },
    "roles": {
        "subject_and_object": "[Islamic State | source] [executed | attack] [two shepherds | target].",
        "infinitive": "[The militants | source] used a drone to [attack | ASSAULT] [the post | target].",
        "means_is_no_source": "[A truck bomb | no role] [exploded | explosion] beside a school.",
        "claimed_by": "A bomb [exploded | explosion] in Jakarta. [Jemaah Islamiyah | source] claimed responsibility.",
        "claimed_before": "[Al-Shabaab | source] has claimed responsibility for the [attack | ASSAULT] on the hotel.",
        "no_claim": "A [blast | explosion] killed six people. [No group | no role] claimed responsibility. => killed 6",
        "pronoun": "[Rebels | source] entered the town at noon. They [executed | attack] [the mayor | target].",
        "victims_of_clash": "[Soldiers | source target] [clashed | armed_clash] with [cattle thieves | source target].",
        "place_is_no_target": "[Rebels | source] [attacked | ASSAULT] [an army base | target] in Gossi.",
        "victim_is_doer": "[A policeman | source] [shot | attack] [his commander | target] in Helmand.",
        "suspected": "[Suspected jihadists | source] [killed | ASSAULT] [a chief | target] near Sebba. => killed 1",
        "reportedly": "[Government forces | source] reportedly [shelled | shelling] [the camp | target].",
        "backed": "[Turkish-backed fighters | source] [looted | property_destruction] [a warehouse | target].",
        "blamed_on": "A [raid | ASSAULT] blamed on [the ADF | source] killed ten villagers. => killed 10",
        "masked": "[Masked men | source] in uniform [shot | attack] [a lawyer | target] on his doorstep.",
        "in_retaliation": "[The army | source] [shelled | shelling] [the suburb | target] in retaliation for the "
        "loss of a tank.",
        "on_behalf": "[The king | source] [met | CONSULT] [the emir | target] at the airport.",
        "whom": "[The activist | target], whom police [arrested | arrest] in May, is ill.",
        "told_to": "[The union | source] [called | REQUEST] on [the government | target] to pay the wages.",
        "by_means": "[Saboteurs | source] [derailed | ASSAULT] a train with explosives.",
        "troops_of": "[Soldiers of the 4th Division | source] [looted | property_destruction] the souk.",
    },
}

STATUS = {
    "denied": {
        "deny": "The army denied that its planes had [bombed | ASSAULT negated] a hospital. => no violence",
        "deny_gerund": "The rebels denied [kidnapping | abduction negated] the bishop. => no violence",
        "not": "The soldiers did not [shoot | ASSAULT negated] at the crowd, the inquiry found. => no violence",
        "no_truth": "The ministry said there was no [attack | none] on the embassy. => no violence",
        "never": "The militia never [attacked | ASSAULT negated] the convoy, its leader insists. => no violence",
        "rumour": "Police dismissed as a rumour a report of a [shooting | none] in the mall. => no violence",
        "denied_doing": "Gunmen [killed | ASSAULT] six villagers; the group denied involvement. => killed 6",
        "nobody_attacked": "Nobody [attacked | none] the polling station, observers said. => no violence",
        "false": "Reports that rebels had [seized | none] the town were false, the governor said. => no violence",
        "not_true": "It is not true that our troops [fired | none] on civilians, the spokesman said. => no violence",
        "without_firing": "The troops entered the town without [firing | none] a shot.",
        "hoax": "The kidnapping turned out to be a [hoax | none].",
    },
    "foiled": {
        "plot": "Police foiled a plot to [bomb | explosion hypothetical] a synagogue. => no violence",
        "attempt": "Guards thwarted an attempt to [assassinate | attack hypothetical] the president. => no violence",
        "prevented": "Security forces prevented a suicide [attack | none] on a bank. => no violence",
        "averted": "A [massacre | none] was averted when a teacher overpowered the student. => no violence",
        "failed_to_explode": "A bomb placed under a minister's car failed to [explode | none]. => no violence",
        "tried_failed": "A man who tried to [blow | none] up a train was overpowered by passengers. => no violence",
        "called_off": "The militia called off an [assault | ASSAULT hypothetical] on the city. => no violence",
        "planning": "Four men were arrested on suspicion of planning to [attack | ASSAULT hypothetical] a barracks. "
        "=> no violence",
    },
    "feared": {
        "fear": "Residents fear an [attack | attack hypothetical] on the camp. => no violence",
        "fears_of": "Fears of a fresh [massacre | none] have emptied the town. => no violence",
        "risk": "The risk of [attacks | none] on aid convoys remains high. => no violence",
        "could": "Militants could [attack | ASSAULT hypothetical] polling stations on Sunday, the embassy said. => "
        "no violence",
        "warned": "Officials warned of a possible [bombing | none] during the festival. => no violence",
        "brace": "The town is bracing for an [attack | none] by the rebels. => no violence",
        "likely": "An [offensive | none] against the enclave is likely, diplomats say. => no violence",
        "prevent": "Troops were sent to prevent [clashes | none] between the fans. => no violence",
    },
    "planned": {
        "plan": "The army plans to [attack | ASSAULT hypothetical] the stronghold next week. => no violence",
        "will": "Unions will [march | PROTEST hypothetical] on Friday. => no event",
        "scheduled": "A [rally | PROTEST hypothetical] is planned for Sunday. => no event",
        "prepares": "The cell was preparing to [kidnap | abduction hypothetical] a banker. => no violence",
        "would_meet": "The two leaders are to [meet | CONSULT hypothetical] in Oslo in June. => no event",
        "calls": "The cleric called on his followers to [attack | ASSAULT hypothetical] foreigners. => no violence",
        "intends": "Moscow intends to [withdraw | RETREAT hypothetical] its observers.",
        "ready": "We are ready to [attack | none] at any time, the commander said. => no violence",
        "tomorrow": "Teachers will [strike | none] tomorrow. => no violence",
    },
    "threatened": {
        "threat": "The group [threatened | THREATEN] to [kill | ASSAULT hypothetical] the hostages. => no violence",
        "vowed": "The general [vowed | THREATEN] to [crush | none] the rebels. => no violence",
        "bomb_threat": "A bomb [threat | THREATEN] emptied the station. => no violence",
        "if": "If the envoy is [harmed | none], we will [strike | ASSAULT hypothetical], the commander said. => no "
        "violence",
        "unless": "The kidnappers said they would [kill | ASSAULT hypothetical] the priest unless a ransom was paid.",
    },
    "commemorated": {
        "anniversary": "Survivors marked the tenth anniversary of the [bombing | none]. => no violence",
        "memorial": "A memorial to the victims of the [massacre | none] was unveiled on Sunday. => no violence",
        "mourners": "Mourners lit candles to remember those killed in the [attack | none] of 2004. => no violence",
        "minute": "The city held a minute of silence for the dead of the 1995 [shelling | none]. => no violence",
        "museum": "A museum about the [genocide | none] opened in Kigali. => no violence",
        "day": "On Remembrance Day wreaths were laid for the fallen of all [wars | none]. => no violence",
    },
    "exercised": {
        "drill": "Firefighters rehearsed the response to a gas [attack | none] in a drill at the airport. => no "
        "violence",
        "war_games": "In the exercise, marines [stormed | none] a mock village. => no violence",
        "simulated": "Pilots flew simulated [air strikes | none] over the range. => no violence",
        "training": "Recruits are trained to [attack | none] a bunker at night. => no violence",
        "blanks": "During the manoeuvres, tanks [shelled | none] dummy targets. => no violence",
        "manoeuvres": "Reservists [attacked | none] a hill in manoeuvres near Split. => no violence",
        "tabletop": "Officials practised what to do after a [missile strike | none] on the capital. => no violence",
    },
    "fictional": {
        "film": "In the film, a gang [kidnaps | none] a banker's daughter. => no violence",
        "novel": "The novel opens with the [murder | none] of a lighthouse keeper. => no violence",
        "game": "Players of the video game [shoot | none] zombies in a ruined city. => no violence",
        "episode": "The final episode, in which the king is [assassinated | none], drew ten million viewers. => no "
        "violence",
        "opera": "In the third act the soldier [stabs | none] his rival. => no violence",
        "legend": "Legend has it that the saint was [beheaded | none] on this hill. => no violence",
        "play": "The play tells of a clerk who [strangles | none] his landlady. => no violence",
        "series": "Season two begins with a bomb [exploding | none] in a bank. => no violence",
        "sketch": "In one sketch a penguin [robs | none] a bank. => no event",
        "painting": "The painting shows the [execution | none] of a rebel. => no violence",
        "thriller": "Her new thriller is about the [kidnapping | none] of a senator. => no violence",
    },
    "metaphor": {
        "killed_bill": "Senators [killed | none] the bill in committee. => no violence",
        "bloodbath": "It was a [bloodbath | none] on the markets as shares fell. => no violence; no figure",
        "under_fire": "The minister came under [fire | none] from critics over the budget. => no violence",
        "attacked_policy": "The opposition [attacked | none] the budget as unfair. => no violence",
        "battle_cancer": "The singer lost her [battle | none] with cancer. => no violence",
        "suburbs": "Parties trade blows in a [battle | none] for the suburbs. => no violence",
        "shelled_out": "The club [shelled | none] out 40 million euros for the striker. => no violence",
        "bombed_box_office": "The comedy [bombed | none] at the box office. => no violence",
        "explosion_of": "There has been an [explosion | none] of interest in pottery. => no violence",
        "sales": "Sales [exploded | none] after the launch. => no violence",
        "time_bomb": "Pensions are a ticking time [bomb | none], economists say. => no violence",
        "price_war": "Two chains of supermarkets are locked in a price [war | none]. => no violence",
        "axe": "The bank will [axe | none] 200 jobs. => no figure; no violence",
        "hit_by": "Exporters were [hit | none] by the strong franc. => no violence",
        "crossfire": "Small dairies were caught in the [crossfire | none] of the trade dispute. => no violence",
        "heart_attack": "The former champion died of a heart [attack | none] at 71. => no violence",
        "panic_attack": "A panic [attack | none] forced her off the stage. => no violence",
        "killing": "Early investors made a [killing | none]. => no violence; no figure",
        "hostage": "Commuters were held [hostage | none] by the snow. => no violence",
        "a_blast": "The concert was a [blast | none]. => no violence",
        "target": "The bank missed its inflation [target | none]. => no violence",
        "invasion": "Gardeners face an [invasion | none] of slugs. => no violence",
        "slashed": "The retailer [slashed | none] its forecast. => no violence",
        "shot_down": "The committee [shot down | none] the proposal. => no violence; no event",
        "torpedo": "Ministers [torpedoed | none] the merger. => no violence",
        "minefield": "The reform is a legal [minefield | none]. => no violence",
        "battleground": "Ohio is a [battleground | none] again. => no violence",
        "stabbed_back": "He felt [stabbed | none] in the back by his own party. => no violence",
        "murder_hill": "The climb was [murder | none], said the winner. => no violence",
        "burned_cash": "The start-up [burned | none] through 40 million dollars. => no violence",
        "raided_fridge": "Children [raided | none] the fridge. => no violence",
        "hijacked_debate": "Populists [hijacked | none] the debate on trains. => no violence; no figure",
        "flood_of": "The firm faced a [flood | none] of complaints. => no violence",
        "storm_of": "The remark caused a [storm | none] of protest on the web. => no violence",
        "earthquake_vote": "The vote was a political [earthquake | none]. => no event",
        "ambushed_by": "The minister was [ambushed | none] by reporters outside her office. => no violence",
        "defended": "She [defended | none] her thesis in June. => no violence",
        "fired_coach": "The club [fired | none] its coach after six defeats. => no violence",
        "fire_workers": "The plant [fired | none] 300 workers. => no violence; no figure",
        "bomb_cyclone": "A [bomb | none] cyclone may bring snow to the coast. => no violence",
        "crackdown_tax": "Berlin plans a [crackdown | none] on tax havens. => no violence",
        "killer_app": "The phone has a [killer | none] camera. => no violence",
        "died_down": "The wind [died | none] down. => no violence; no figure",
        "execution_project": "The jury praised the [execution | none] of the design. => no violence",
    },
    "strike": {
        "walk_out": "Train drivers began a 48-hour [strike | PROTEST] over pay. => no violence",
        "strikers": "Dockers on [strike | PROTEST] blocked the port gates. => no violence",
        "deal": "The two firms [struck | none] a deal. => no violence",
        "lightning": "A [lightning | none] strike set a barn on fire. => no violence",
        "gold": "Prospectors [struck | none] gold in the valley. => no violence",
        "rate": "The strike [rate | none] of the new forward is impressive. => no violence",
        "general": "A general [strike | PROTEST] brought Guinea to a standstill. => no violence",
        "went_on": "Nurses have been on [strike | PROTEST] for ten days. => no violence",
        "called_off": "Unions called off the [strike | none] after a late offer. => no violence",
        "balance": "The author [strikes | none] a balance between wit and gloom. => no violence",
        "clock": "The clock [struck | none] midnight. => no violence",
    },
    "shot": {
        "photograph": "She [shot | none] the portraits in black and white. => no violence",
        "film": "The series was [shot | none] in Morocco. => no violence",
        "flu": "Nurses gave 400 people a flu [shot | none]. => no violence; no figure",
        "put": "He won the [shot | none] put with his last throw. => no violence",
        "prices": "Prices [shot | none] up in March. => no violence",
        "in_the_arm": "The grant is a [shot | none] in the arm for the museum. => no violence",
        "coffee": "Add a [shot | none] of espresso. => no violence",
        "moon": "The firm gave it its best [shot | none]. => no violence",
        "screenshot": "He posted a screen [shot | none] of the message. => no violence",
        "mug": "Her mug [shot | none] went round the world. => no violence",
        "goal": "Keita had two [shots | none] saved. => no violence; no figure",
        "long": "It is a long [shot | none], but we may win. => no violence",
    },
    "sport": {
        "shot": "Mendes [shot | none] wide from ten yards. => no violence",
        "attack": "The visitors' [attack | none] was too fast for a tired defence. => no violence",
        "beat": "Zagreb [beat | none] Split 3-1 on Sunday. => no violence; no figure",
        "thrashed": "The All Blacks [slaughtered | none] a weary Welsh side. => no violence",
        "fight": "The two boxers will [fight | none] for the belt in May. => no violence",
        "shootout": "Chile won a penalty [shoot-out | none]. => no violence",
        "killer": "A killer [blow | none] came in the last minute. => no violence",
        "raid": "The winger's [raids | none] down the flank unsettled the hosts. => no violence",
        "captured": "The Kenyan [captured | none] the title in Boston. => no violence; no figure",
        "gunned": "The sprinter was second out of the blocks when the gun [fired | none]. => no violence",
        "bullet": "A bullet [header | none] by Silva settled it. => no violence",
        "defeat": "India [crushed | none] England by nine wickets. => no violence; no figure",
        "eliminated": "Brazil were [eliminated | none] on penalties. => no violence",
        "battle": "It was a fierce [battle | none] between two fine sides. => no violence",
        "injured": "Winger Tom Hale was injured in training. => no violence",
        "bombarded": "The hosts [bombarded | none] the goal in the last ten minutes. => no violence",
        "clash": "Saturday's [clash | none] with Leeds is sold out. => no violence",
        "captain": "The forwards [attacked | none] from the first whistle. => no violence",
    },
    "general": {
        "habit": "Sharks rarely [attack | none] people. => no violence",
        "law": "The law bans [torture | none]. => no violence",
        "ability": "The missile can [hit | none] targets 900 km away. => no violence",
        "history": "The museum shows how knights [besieged | none] castles. => no violence",
        "statistics": "Knife [attacks | none] fell by a tenth last year. => no violence",
        "cooking": "[Beat | none] the eggs, then fold in the flour. => no violence",
        "chess": "White [attacks | none] the bishop on move 30. => no violence",
        "insurance": "The policy covers [theft | none] and [fire | none]. => no event",
        "often": "Bandits often [attack | none] lorries on this road. => no violence",
        "right": "Workers have the right to [strike | none]. => no event",
        "how_to": "How to survive an [earthquake | none]: stay under a table. => no event",
        "protocols": "The two sides renewed the protocols for preventing [clashes | none]. => no violence",
        "disease": "The virus [attacks | none] the lungs. => no violence",
        "question": "Why do wolves [kill | none] sheep? => no violence",
    },
    "asserted_though": {
        "reported": "Villagers said that soldiers [burned | property_destruction] their huts.",
        "alleged": "Soldiers allegedly [raped | sexual_violence] two women in the camp.",
        "disputed": "The army says that rebels [shelled | shelling] the school; the rebels say the army did.",
        "failed_attack": "Rebels [attacked | ASSAULT] a prison but failed to free anyone.",
        "attempted": "A man tried to stab a priest and [wounded | ASSAULT] him in the hand. => injured 1",
        "despite": "Gunmen [killed | ASSAULT] a councillor despite the truce. => killed 1",
        "after_threat": "The group carried out its threat and [killed | ASSAULT] the hostage. => killed 1",
        "confirmed": "The ministry confirmed that a drone had [hit | ASSAULT] the depot.",
        "according_to": "According to activists, warplanes [bombed | ASSAULT] the town.",
        "claimed": "The group claimed to have [shot down | disrupted_weapons_use/ASSAULT] a drone.",
        "unconfirmed": "An unconfirmed report said that gunmen had [stormed | ASSAULT] a police post.",
        "accused_of": "Kyiv accused Moscow of [shelling | shelling] a school.",
        "investigating": "Police are investigating the [murder | attack] of a taxi driver. => killed 1",
        "convicted": "He was convicted of [stabbing | attack] his neighbour in 2019.",
    },
}

LINKING = {
    "joins": {
        "blast": "A [bomb tore | #a explosion] through a market in Jolo on Sunday. The [blast | #a] killed eight "
        "people. => killed 8",
        "attack": "Gunmen [stormed | #a ASSAULT] a hotel in Bamako. The [attack | #a] lasted four hours.",
        "incident": "A soldier [shot | #a attack] a boy near Nablus on Friday. The [incident | #a] is under "
        "investigation.",
        "killing": "A radio host was [gunned | #a attack] down in Iloilo. His [killing | #a] was condemned by the "
        "union.",
        "raid": "Militants [attacked | #a ASSAULT] a village before dawn. Five people were killed in the [raid | "
        "#a]. => killed 5",
        "headline": "Bomb [kills | #a] four in Aden\n\nA bomb [exploded | #a explosion] at a barracks in Aden on "
        "Tuesday, killing four recruits. => killed 4",
        "outcome": "An [ambush | #a ASSAULT] near Gao left two peacekeepers [dead | #a]. => killed 2",
        "strike": "A drone [struck | #a air_strike] a tea house in Idlib. The [strike | #a] wounded three men. => "
        "injured 3",
        "kidnapping": "Armed men [seized | #a abduction] a priest in Kaduna. No one has claimed the [kidnapping | "
        "#a]. => captured 1",
        "violence": "Youths [threw | #a violent_demonstration] stones at police in Sidi Bouzid. The [violence | #a] "
        "went on for an hour.",
        "protest": "Teachers [marched | #a peaceful_protest] in Oaxaca. The [protest | #a] ended at noon.",
        "quake": "An [earthquake | #a natural_disaster] struck Izmir. The [quake | #a] was felt in Athens.",
        "it": "A [mortar attack | #a shelling] hit a school in Taiz. It [wounded | #a] six pupils. => injured 6",
        "died_in_it": "A [suicide bomber struck | #a suicide_bombing] a mosque. At least 30 people [died | #a]. => "
        "killed 30/30/-",
        "explosion": "A minibus [hit | #a explosion] a landmine near Kidal. Three traders died in the [explosion | "
        "#a]. => killed 3",
        "assault": "Rebels [overran | #a] a camp in Borno. Some 20 soldiers were killed in the [assault | #a]. => "
        "killed -/20/-",
        "accident": "Two trains [collided | #a vehicle_collision] near Lucknow. The [accident | #a] injured 12 "
        "people. => injured 12",
        "murder": "A lawyer was [shot | #a attack] dead in Manila. Police said that the [murder | #a] may be linked "
        "to a land dispute. => killed 1",
        "demonstration": "Some 300 people [marched | #a peaceful_protest] to the ministry. The [demonstration | #a] "
        "was peaceful.",
        "collapse": "A school [collapsed | #a accident] in Jos. The [disaster | #a] left 20 pupils dead. => killed 20",
        "bombing_detail": "Six people died on Monday in a [bombing | #a explosion] in Pattani. The [attack | #a] was "
        "the third this month. => killed 6",
    },
    "apart": {
        "two_cities": "A [bomb killed | #a explosion] six people in Baghdad. In Mosul, gunmen [shot | #b attack] a "
        "judge.",
        "earlier": "A [blast | #a explosion] hit a bus in Lahore on Monday. In 2016, a [suicide attack | #b "
        "suicide_bombing] in a park there killed 70 people.",
        "separately": "Rebels [attacked | #a ASSAULT] a mine in Ituri. Separately, soldiers [clashed | #b "
        "armed_clash] with another group in Kivu.",
        "arrest_after": "A shopkeeper was [stabbed | #a attack] in Leeds. Police [arrested | #b arrest] a teenager.",
        "response": "Rockets were [fired | #a shelling] from Gaza, and Israeli jets [bombed | #b air_strike] a "
        "workshop.",
        "second_blast": "A [bomb exploded | #a explosion] in Herat at noon. A second [bomb exploded | #b explosion] "
        "in Kabul at dusk.",
        "funeral": "A boy was [shot | #a ASSAULT] by soldiers on Friday. On Sunday mourners [marched | #b PROTEST] "
        "through the village.",
        "condemned": "Gunmen [killed | #a ASSAULT] a priest. The bishop [condemned | #b ACCUSE] the murder.",
        "retaliation": "Rebels [killed | #a ASSAULT] two soldiers in Tigray. In response, the air force [bombed | #b "
        "air_strike] a town and killed seven people. => #a killed 2; #b killed 7",
        "next_day": "A [bomb wounded | #a explosion] three people in Nice on Friday. On Saturday a man [stabbed | #b "
        "attack] a priest in Lyon. => #a injured 3; #b injured 1",
        "trial_and_crime": "A court [sentenced | #a ACCUSE] a former rebel on Monday for a [massacre | #b attack] in "
        "2001.",
        "quake_and_aid": "An [earthquake | #a natural_disaster] shook Nepal. India [sent | #b aid] tents.",
    },
    "news": {
        "attack_before_condemnation": "The UN [condemned | ACCUSE] the [bombing | main] of a clinic in Idlib that "
        "[killed | ASSAULT] three doctors. => killed 3",
        "graver": "Police [arrested | arrest] two men on Monday after a [shooting | main attack] that left four "
        "people dead. => killed 4",
        "not_background": "A [mine killed | main explosion] a farmer on Tuesday near a village where rebels had "
        "[massacred | ASSAULT] 40 people in 1993. => killed 1",
        "headline_first": "Ten [killed | main] in market bombing\n\nA suicide bomber attacked a market in Maiduguri. "
        "The president cut short a visit to Abuja. => killed 10",
        "peaceful": "Thousands of people [marched | main peaceful_protest] in Sofia on Sunday. Organisers met the "
        "mayor.",
        "deal": "Two rebel factions signed a [ceasefire | main agreement] on Monday. A battle in May had left 60 dead.",
        "attack_then_reaction": "A [bombing | main explosion] in Jalalabad killed nine people on Sunday. The "
        "president vowed revenge, and the UN condemned it. => killed 9",
        "meeting": "The two presidents [met | main CONSULT] in Sochi on Tuesday, a month after a clash on the border "
        "in which 14 soldiers died.",
        "sanctions": "Washington [imposed | main SANCTION] sanctions on a general over the killing of protesters in "
        "March.",
    },
}

GROUPS = {**TYPES, **PLOVER, **FORMS, **STATUS, **LINKING}  # fmt: skip

# Cases that fail today because the program is wrong, by what it gets wrong. A case that passes must leave the list.
KNOWN_WRONG: dict[str, list[str]] = {
    "no event where there is one": [
        "armed_clash-battle_noun",
        "attack-poisoned",
        "abduction-taken_from",
        "displacement-nominal",
        "light_verb-carried_out",
        "agentless-fell",
        "phrasal-blew_up",
        "phrasal-burned_down",
        "headline-noun",
        "headline-notes",
        "headline-quote",
        "headline-infinitive",
        "headline-comma",
    ],
    "source or target missing or exchanged": [
        "armed_clash-repelled",
        "chemical_weapon-mustard",
        "government_regains_territory-liberated",
        "non_state_actor_overtakes_territory-fell",
        "threaten-ultimatum",
        "light_verb-fell_victim",
        "light_verb-suffered",
        "reduced_relative-detained",
        "agentless-shots",
        "roles-claimed_by",
        "roles-claimed_before",
        "roles-pronoun",
        "roles-blamed_on",
        "roles-whom",
        "strike-called_off",
    ],
    "type, or status of a real event": [
        "suicide_bombing-rammed",
        "mob_violence-coder",
        "non_state_actor_overtakes_territory-took",
        "non_state_actor_overtakes_territory-drove",
        "conjoined-before",
        "roles-by_means",
    ],
    "figurative speech and sport read as violence": [
        "metaphor-stabbed_back",
        "metaphor-hijacked_debate",
        "metaphor-flood_of",
        "metaphor-storm_of",
        "metaphor-earthquake_vote",
        "metaphor-died_down",
        "sport-beat",
        "sport-injured",
    ],
    "denied, foiled, planned or threatened read as asserted, or the reverse": [
        "nominal-possessive_target",
        "denied-rumour",
        "denied-without_firing",
        "foiled-called_off",
        "planned-would_meet",
        "threatened-bomb_threat",
        "threatened-if",
        "asserted_though-attempted",
    ],
    "same event or another": [
        "conjoined-three",
        "joins-strike",
        "joins-kidnapping",
        "joins-violence",
        "joins-assault",
        "apart-response",
        "apart-retaliation",
    ],
    "which event is the news, and its toll": [
        "nominal-attempt_on",
        "news-deal",
        "news-meeting",
        "news-sanctions",
    ],
    "those who do it to each other are not both source and target": [
        "armed_clash-gun_battle",
        "nominal-between",
        "light_verb-exchanged_fire",
    ],
    "fiction, legend, exercises and commemoration read as asserted": [
        "commemorated-minute",
        "exercised-tabletop",
    ],
    "general statements, abilities and statistics read as events": [
        "general-insurance",
    ],
}


@pytest.mark.parametrize("case", cases(GROUPS, KNOWN_WRONG))
def test_events(case: Marked, read: Callable[[str], Record]) -> None:
    assert not complaints(case, read(case.text))


def test_every_type_has_its_sentences() -> None:
    types = load_yaml("ontology.yaml")["types"]
    written = {**TYPES, **PLOVER}
    concrete = [name for name, about in types.items() if not about.get("abstract")]
    assert [name for name in concrete if len(written.get(name, ())) < 3] == []
    assert len({types[name]["acled"][1] for name in TYPES if "acled" in types[name]}) == 25


def test_every_root_has_its_sentences() -> None:
    roots = {about["plover"] for about in load_yaml("ontology.yaml")["types"].values()} - {None}
    assert {root.lower().split("/")[0] for root in roots} == set(PLOVER)
    assert [name for name, members in PLOVER.items() if len(members) < 3] == []
