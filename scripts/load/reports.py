#!/usr/bin/env python3
"""Writes many short news reports, all invented: `reports.py COUNT FOLDER [SEED [A_DAY]]`, the same ones for the same seed.

Without A_DAY they tell of three and a half years in any order, so that more reports tell more of each day: an archive that is
filled up. With it, that many come out of each day, one day after the other: a room that is kept day by day.

They are for measuring rooms of 1,000 to 100,000 reports, not for measuring accuracy: sentences are drawn from a grammar, so
they tell much in few words. What makes fusing and paging hard is there: events told by several outlets with amounts that
differ, copies and rewrites, series of figures, promises that climb their rungs, accusations and denials, undated reports.
Towns are real, so that maps have something to show; outlets, persons, bodies and what happens are not.
"""
import html
import random
import re
import sys
from datetime import date, timedelta
from pathlib import Path

FIRST_DAY, LAST_DAY = date(2022, 1, 1), date(2025, 6, 30)

# Towns with their country, the ones told of most first.
TOWNS = """Guayaquil|Ecuador Durán|Ecuador Esmeraldas|Ecuador Manta|Ecuador Quito|Ecuador Machala|Ecuador Quevedo|Ecuador
Portoviejo|Ecuador Babahoyo|Ecuador Cuenca|Ecuador Ambato|Ecuador Latacunga|Ecuador Ibarra|Ecuador Tulcán|Ecuador Loja|Ecuador
Huaquillas|Ecuador Milagro|Ecuador Tena|Ecuador Riobamba|Ecuador Guaranda|Ecuador Buenaventura|Colombia Tumaco|Colombia
Cali|Colombia Medellín|Colombia Bogotá|Colombia Cúcuta|Colombia Barranquilla|Colombia Cartagena|Colombia Quibdó|Colombia
Popayán|Colombia Pasto|Colombia Ipiales|Colombia Arauca|Colombia Montería|Colombia Villavicencio|Colombia Neiva|Colombia
Ibagué|Colombia Florencia|Colombia Turbo|Colombia Riohacha|Colombia Valledupar|Colombia Bucaramanga|Colombia Pereira|Colombia
Manizales|Colombia Armenia|Colombia Tibú|Colombia Callao|Peru Lima|Peru Trujillo|Peru Chiclayo|Peru Piura|Peru Tumbes|Peru
Chimbote|Peru Arequipa|Peru Cusco|Peru Iquitos|Peru Pucallpa|Peru Ayacucho|Peru Tacna|Peru Puno|Peru Juliaca|Peru
Cajamarca|Peru Huancayo|Peru Ica|Peru Sullana|Peru Caracas|Venezuela Maracaibo|Venezuela Valencia|Venezuela
Barquisimeto|Venezuela Maracay|Venezuela Maturín|Venezuela Barinas|Venezuela Barcelona|Venezuela Cumaná|Venezuela
Tijuana|Mexico Culiacán|Mexico Guadalajara|Mexico Monterrey|Mexico Veracruz|Mexico Acapulco|Mexico Manzanillo|Mexico
Reynosa|Mexico Matamoros|Mexico Celaya|Mexico Zacatecas|Mexico Morelia|Mexico Uruapan|Mexico Chilpancingo|Mexico
Mazatlán|Mexico Hermosillo|Mexico Tapachula|Mexico Durango|Mexico Tampico|Mexico Irapuato|Mexico Oaxaca|Mexico Puebla|Mexico
Toluca|Mexico Cancún|Mexico Campeche|Mexico Guatemala|Guatemala Quetzaltenango|Guatemala Escuintla|Guatemala
Huehuetenango|Guatemala Tegucigalpa|Honduras Choloma|Honduras Comayagua|Honduras Choluteca|Honduras Soyapango|Honduras
Managua|Nicaragua Bluefields|Nicaragua Limón|Colombia Puntarenas|Ecuador Alajuela|Ecuador Colón|Panama David|Panama
Chepo|Panama Kingston|Jamaica Gonaïves|Haiti Jacmel|Haiti Jérémie|Haiti Santos|Brazil Manaus|Brazil Belém|Brazil Fortaleza|Brazil
Recife|Brazil Natal|Brazil Maceió|Brazil Paranaguá|Brazil Itajaí|Brazil Tabatinga|Brazil Macapá|Brazil Cuiabá|Brazil
Corumbá|Brazil Asunción|Paraguay Encarnación|Paraguay Rosario|Argentina Salta|Argentina Posadas|Argentina Resistencia|Argentina
Mendoza|Argentina Antofagasta|Chile Iquique|Chile Arica|Chile Calama|Chile Valparaíso|Chile Cochabamba|Bolivia Oruro|Bolivia
Potosí|Bolivia Sucre|Bolivia Tarija|Bolivia Trinidad|Bolivia Montevideo|Uruguay Rivera|Uruguay Antwerp|Belgium Rotterdam|Netherlands
Hamburg|Germany Algeciras|Spain Vigo|Spain Lisbon|Portugal Gioia|Italy Marseille|France Dakar|Senegal Praia|Spain""".split()
TOWNS = [tuple(town.split("|")) for town in TOWNS if not town.startswith(("Limón", "Puntarenas", "Alajuela", "Gioia", "Praia"))]
PORTS = {"Guayaquil", "Manta", "Esmeraldas", "Buenaventura", "Tumaco", "Cartagena", "Callao", "Manzanillo", "Veracruz", "Santos",
         "Paranaguá", "Itajaí", "Colón", "Machala", "Iquique", "Arica"}
ABROAD = ["Antwerp", "Rotterdam", "Hamburg", "Algeciras", "Vigo", "Lisbon", "Marseille"]

GIVEN = """Alba Alonso Amaru Anahí Aníbal Aquiles Arcadio Azucena Baltasar Belisario Benigno Bernarda Blas Brígida Calixto Camilo
Candela Casilda Celso Cipriano Clemencia Cosme Dalia Delfín Dionisio Edelmira Efraín Eladio Elvira Emeterio Eufemia Eusebio
Evaristo Fabiola Faustino Fermín Filomena Froilán Genaro Gervasio Gisela Heriberto Hilario Honorio Ifigenia Indalecio Isidora
Jacinta Jeremías Joaquina Leandro Leocadia Leoncio Lidia Lisandro Lucrecia Macario Matilde Melchor Mercedes Nazario Nélida
Nicanor Obdulia Octavio Olegario Pancracio Pelagia Plácido Porfirio Quintín Ramona Remigio Rosaura Rufino Salustio Severina
Silverio Tadeo Teófilo Tomasa Ubaldo Urbano Valeriano Venancio Wenceslao Zenón Zulema""".split()
FAMILY = """Abendaño Acurio Alcívar Almanza Amagua Anchundia Aráuz Argudo Arosemena Avilés Bajaña Balarezo Barreiro Bastidas Bedoya
Benalcázar Bermeo Bohórquez Bravomalo Burneo Cabezas Caicedo Calderero Camposano Carchipulla Carrasquel Casanare Cedillo Cevallos
Chamorro Chancay Chiluiza Coloma Contento Cordovez Cuadrado Cumbicus Delgadillo Dueñas Echanique Egüez Encalada Escandón Espinel
Estupiñán Fajardo Farfán Freile Galarza Gallardo Garaicoa Garzón Granja Guacho Guaranguay Guerrón Hervas Hidrovo Huilca Iglesias
Illescas Intriago Izurieta Jarrín Jijón Jurado Landázuri Larrea Lascano Lema Lituma Loor Macías Malacatus Mantilla Merizalde
Mieles Mogrovejo Monserrate Morocho Mosquera Muñiz Narváez Nazareno Noboa-Ríos Obando Ochoa Olmedo Ordóñez Orellana Oyarvide
Paladines Panchana Paredes Pazmiño Peñaherrera Pilozo Plúas Pozo Quijije Quimí Quiroga Rendón Reascos Ribadeneira Robalino Rosero
Saltos Samaniego Sandoval Santillán Sarango Segovia Solórzano Suquillo Tapuy Tenesaca Tigrero Toapanta Troya Ubidia Uquillas
Valarezo Vallejo Vélez Verdesoto Villacís Viteri Yagual Yánez Yépez Zambrano Zurita""".split()
GANGS = ["Los " + name for name in """Gavilanes Manglares Alacranes Cuervos Candados Costeros Jaguares Tintos Caimanes Pumas
Garúas Faroleros Mareros Cóndores Navajos Tejones Areneros Rieles Cangrejos Halcones Talladores Salineros Volcanes Bejucos
Coyotes Martillos Yacarés Remos Pardos Sombras""".split()]
OUTLETS = """The Estuary Post|Agencia Litoral|Cordillera Daily|Radio Manglar|The Isthmus Courier|Gaceta del Norte|Harbour Lines
The Pacific Ledger|Voz Andina|Frontier Dispatch|La Bitácora|Delta News|The Equator Wire|Correo Austral|Tres Ríos Digital
Canal Nueve|The Lighthouse|Diario Páramo|Sur Informa|The Customs Gazette|Mirador|Puerto Abierto|The Sierra Times|Crónica Roja
Observador Costeño|The Andean Brief|Selva Noticias|Noticiero Central|The Night Desk|Portada|Quebrada Press|The Strait Herald
Meridiano Cero|Semanario Ocho|The Channel Report|Aduana Hoy|El Faro Chico|Nueva Ribera|The Garrison Review|Llano Abierto""".replace("\n", "|").split("|")
BODIES = """the navy|the national police|the army|the coast guard|customs officers|anti-narcotics police|marines|the border
police|the port authority|the prison service|the prosecutor's office|the interior ministry|the defence ministry|the air
force|the intelligence service|the municipal police|special forces|the health ministry|the foreign ministry|the supreme
court|the electoral council|the ombudsman""".replace("\n", " ").split("|")
FORCES = ["the navy", "the national police", "the army", "the coast guard", "customs officers", "anti-narcotics police", "marines",
          "the border police", "special forces"]
STATES = ["the United States", "Spain", "Colombia", "Peru", "Italy", "Brazil", "Chile", "Canada", "France", "Germany", "Belgium"]

# What is written `#so#` is drawn from the list of that name, or is told by the incident.
GRAMMAR = {
    "seize": [
        "#Force# seized #amount# of #drug# hidden in #cargo# at #spot# #town# #day#.",
        "#amount.cap# of #drug# were found in #cargo# near #town# #day#, #force# said.",
        "Dogs of #force# found #amount# of #drug# under #cargo# in a container at #town# #day#; it was bound for #abroad#.",
        "A truck with #amount# of #drug# was stopped on the road to #town# #day# by #force#.",
        "#Force# intercepted a #boat# off #town# with #amount# of #drug# on board #day#.",
        "Near #town#, #force# took #amount# of #drug# from a #house# #day#.",
        "A shipment of #amount# of #drug# that was to leave #town# for #abroad# was seized by #force# #day#.",
        "#Force# in #town# discovered #amount# of #drug# behind a false wall in a #house# #day#.",
    ],
    "weapons": [
        "#Force# seized #few# rifles and #some# rounds of ammunition in #town# #day#.",
        "#few.cap# pistols and #few# grenades were found in a #house# in #town# #day#, according to #force#.",
        "Searching a #house# in #town#, #force# confiscated #few# shotguns #day#.",
        "#Force# took #some# detonators from a store of #gang# outside #town# #day#.",
    ],
    "arrest": [
        "#Force# arrested #person#, alias #alias#, in #town# #day#.",
        "#person#, a leader of #gang#, was detained in #town# #day#.",
        "#few.cap# members of #gang# were arrested in a raid on a #house# in #town# #day#.",
        "Prosecutors charged #person# with extortion in #town# #day#.",
        "A court in #town# sentenced #person# to #years# years in prison #day#.",
        "#Force# detained #few# people in #town# #day#, among them #person#.",
        "The alleged treasurer of #gang#, #person#, was captured by #force# in #town# #day#.",
    ],
    "kill": [
        "Gunmen killed #few# people in a #venue# in #town# #day#.",
        "#person#, #job#, was shot dead in #town# #day#.",
        "#few.cap# people died and #few2# were wounded when gunmen opened fire at a #venue# in #town# #day#.",
        "#few.cap# bodies were found on a road outside #town# #day#.",
        "A bomb went off outside a #venue# in #town# #day#, killing #few# people.",
        "#gang# attacked a #venue# in #town# #day# and killed #few# people.",
        "A policeman was killed in an ambush by #gang# near #town# #day#.",
        "Two inmates were stabbed to death in the prison of #town# #day#.",
        "Armed men set a #venue# on fire in #town# #day#; #few# people were injured.",
    ],
    "abduct": [
        "Armed men kidnapped #person#, #job#, in #town# #day#.",
        "#person# was freed by #force# in #town# #day# after #few# days in the hands of kidnappers.",
        "#gang# took #few# guards hostage in the prison of #town# #day#.",
        "#few.cap# fishermen were abducted off #town# #day#.",
    ],
    "deploy": [
        "#state.cap# will send #some# soldiers to #country#, #body# said.",
        "The government sent #some# troops to #town# #day#.",
        "#some.cap# police officers were deployed in #town# #day# after the killings.",
        "#Force# set up checkpoints on all roads out of #town# #day#.",
        "The government declared a state of emergency in #town# #day#.",
        "Soldiers raided #few# houses in #town# #day# and searched a #venue#.",
        "#state.cap# and #country# began a joint naval exercise off #town# #day#.",
    ],
    "protest": [
        "#some.cap# people protested against extortion in #town# #day#.",
        "Relatives of the missing marched to the #venue# of #town# #day#.",
        "Dock workers went on strike in #town# #day#.",
        "Farmers blocked the road between #town# and #town2# #day#.",
        "Police dispersed a protest in #town# #day# with tear gas.",
    ],
    "meet": [
        "#Official# met #official2# in #town# #day#.",
        "#Official# travelled to #town# #day# to meet the ambassador of #state#.",
        "#Official# is to meet #official2# in #town# next month.",
        "#Official# resigned #day#.",
        "#person# was appointed head of #body# #day#.",
        "Parliament dismissed #official# #day#.",
    ],
    "commit": [
        "#state.cap# promised #country# #money# for scanners in the port of #town#.",
        "#state.cap# approved #money# for patrol boats to be stationed at #town#.",
        "#state.cap# delivered #few# patrol boats to #country# in #town# #day#.",
        "#country# and #state# signed an agreement on the exchange of intelligence in #town# #day#.",
        "#country# asked #state# for #money# to rebuild the prison of #town#.",
        "#country# suspended its agreement with #state# on joint patrols #day#.",
        "#country# has resumed the works on the naval pier of #town# paid for by #state#.",
        "#state.cap# donated #few# helicopters to #force# of #country# #day#.",
        "Negotiations between #country# and #state# on a base in #town# have begun.",
    ],
    "position": [
        "#Official# opposes foreign military bases in #country#.",
        "#Official# supports the extradition of leaders of #gang#.",
        "#Official# rejects the agreement with #state#.",
        "#Official# backs the state of emergency in #town#.",
        "#Official# called for the release of #person#.",
        "#Official# condemned the attack on a #venue# in #town#.",
    ],
    "allege": [
        "#Official# accused #force# of torturing #few# prisoners in #town#.",
        "A rights group accuses soldiers of the disappearance of #few# young men in #town#.",
        "#person# is accused of laundering #money# for #gang#.",
        "Prosecutors are investigating #person# for taking bribes from #gang#.",
        "#Official# denied that #force# tortured prisoners in #town#.",
        "#gang# claimed responsibility for the bomb in #town#.",
    ],
    "figure": [
        "#some.cap# people were murdered in #country# in #year#, #body# said.",
        "#country# registered #some# homicides in the first half of #year#.",
        "#some.cap# people have been arrested in #town# since January, according to #body#.",
        "#Force# seized #tons# tons of drugs in #year#.",
        "#some.cap# containers were inspected in #town# in #year#.",
        "The homicide rate of #country# rose to #rate# per 100,000 inhabitants in #year#.",
        "Some #some# people were displaced from #town# in #year#.",
        "#body.cap# counted #some# cases of extortion in #town# in #year#.",
    ],
    "relate": [
        "#gang# are allies of #gang2#.",
        "#person# leads #gang#.",
        "#gang# fight #gang2# for control of the port of #town#.",
        "#gang2# are a splinter of #gang#.",
        "#person#, former head of #body#, founded a security firm in #town#.",
    ],
    "say": [
        "“#Clause#,” #official# said.",
        "“#Clause#, and #clause#,” said #official#.",
        "#Official# said that #clause#.",
        "“#Clause#,” #official# told #outlet#.",
        "According to #body#, #clause#.",
        "#person#, #job#, said #clause#.",
    ],
    "more": [
        "#Force# also found #few# phones, #few2# radios and #money# in cash.",
        "The road to #town2# was closed for #few# hours.",
        "It was the #nth# case of its kind in #town# this year.",
        "Nobody was hurt.",
        "An inquiry was opened by the prosecutor of #town#.",
        "Schools in #quarter# stayed shut the next day.",
        "The operation was called #operation#.",
        "The owner of the #house#, #person#, could not be reached.",
        "#few.cap# neighbours of #quarter# heard the shots.",
        "The goods were worth #money#, #body# estimated.",
    ],
    "clause": [
        "#gang# #has# #paid# #few# officials in #town#", "the #thing# of #town# #needs# #few# more #tool#",
        "nobody in #quarter# #sleeps# before #hour#", "we #have# #lost# #few# colleagues in #few2# weeks",
        "#tool# alone will not #mend# the #thing#", "the state #must# #mend# the #thing# of #town#",
        "#state# #has# offered #few# #tool# to #force#", "the #job.bare# of #quarter# #asked# for #tool# #few# times",
        "what happens in #town# #decides# what happens in #town2#", "every #job.bare# in #quarter# #pays# #gang# #few# dollars a week",
        "#few# of the #few2# #tool# that #town# was promised never #arrived#", "the #thing# #needs# a judge from #town2#",
    ],
    "has": ["has", "have", "had"], "have": ["have", "had"], "must": ["must", "should", "can", "cannot", "will not", "has to"],
    "paid": ["paid", "bribed", "threatened", "bought", "warned", "followed", "photographed"],
    "needs": ["needs", "lacks", "waits for", "asked for", "was given", "is short of", "returned"],
    "sleeps": ["sleeps", "goes out", "opens a shop", "lets a child out", "drives a taxi", "answers the door"],
    "lost": ["lost", "buried", "missed", "replaced", "sent away", "called back"],
    "mend": ["mend", "save", "change", "protect", "pay for", "clean up", "close", "reopen"],
    "asked": ["asked", "begged", "wrote", "queued", "marched"], "decides": ["decides", "foretells", "follows", "mirrors", "explains"],
    "pays": ["pays", "owes", "hands", "refuses"], "arrived": ["arrived", "worked", "were unpacked", "left the ship", "were seen again"],
    "hour": ["eleven", "midnight", "two o'clock", "three o'clock", "daybreak"],
    "thing": ["prison", "harbour", "court", "market", "hospital", "customs house", "police academy", "bus station", "night school"],
    "tool": ["scanners", "judges", "patrol boats", "cameras", "street lamps", "dogs", "radios", "vests", "nurses", "lawyers", "drones"],
    "drug": ["cocaine", "cocaine", "cocaine", "marijuana", "fentanyl", "heroin", "methamphetamine"],
    "cargo": ["boxes of bananas", "frozen shrimp", "sacks of cocoa", "scrap metal", "balsa wood", "crates of flowers", "tins of tuna",
              "bags of coffee", "plastic pipes", "mangoes", "sacks of fishmeal", "avocados", "a shipment of tiles"],
    "spot": ["a terminal in", "a warehouse near", "the port of", "a yard outside"],
    "boat": ["fishing boat", "semi-submersible", "speedboat", "sailing boat", "tanker", "trawler"],
    "house": ["house", "farm", "workshop", "warehouse", "flat", "garage", "ranch", "villa", "bakery", "hotel"],
    "venue": ["bar", "market", "police station", "courthouse", "school", "billiard hall", "funeral parlour", "restaurant", "bus",
              "petrol station", "stadium", "church", "clinic", "town hall", "cockpit"],
    "job": ["a councillor", "a prosecutor", "a journalist", "a shopkeeper", "a mayor", "a fisherman", "a judge", "a teacher",
            "a bus driver", "a customs broker", "a prison director", "a doctor", "a union leader", "a banana grower"],
    "alias": ["“%s”" % name for name in "Picaflor Tuerto Mono Ronco Chispa Gringo Sastre Fideo Topo Zurdo Molusco Trueno Lince".split()],
    "quarter": ["Las Peñas Altas", "El Recreo Viejo", "La Chala", "Nueva Prosperina Sur", "Isla Trinidad", "Los Ceibos Bajos",
                "San Roque", "Barrio Lindo", "La Ferroviaria", "Cerro Colorado", "El Astillero", "Villa Olímpica", "La Playita"],
    "operation": ["Blue Tide", "Clean Harbour", "Anvil", "Open Road", "Long Night", "Red Cedar", "Condor Nest", "Third Bell"],
    "nth": ["second", "third", "fourth", "fifth", "ninth", "twelfth", "fourteenth", "twentieth", "thirty-first"],
    "title": ["Minister {p}", "General {p}", "Colonel {p}", "Governor {p}", "Mayor {p}", "Judge {p}", "Prosecutor {p}", "Captain {p}",
              "Admiral {p}", "Senator {p}", "Bishop {p}", "Commissioner {p}"],
}
EVENTS = [("seize", 22), ("weapons", 6), ("arrest", 18), ("kill", 20), ("abduct", 6), ("deploy", 8), ("protest", 7), ("meet", 7),
          ("commit", 8), ("position", 5), ("allege", 6), ("figure", 10), ("relate", 4)]


class Chance(random.Random):
    """Draws with the first ones of a list more often than the last ones, as names in the news are."""

    def often(self, things):
        return things[min(int(len(things) * self.random() ** 2.2), len(things) - 1)]


def incident(chance, people, on):
    """What happened: enough for any number of reports to tell it alike. On any day, if none is given."""
    town, country = chance.often(TOWNS)
    kind = chance.choices([name for name, _ in EVENTS], [weight for _, weight in EVENTS])[0]
    if kind in ("seize", "commit") and chance.random() < 0.5:
        town = chance.choice(sorted(PORTS))
        country = dict(TOWNS)[town]
    on = on or FIRST_DAY + timedelta(chance.randrange((LAST_DAY - FIRST_DAY).days))
    official, official2 = (chance.choice(GRAMMAR["title"]).format(p=chance.often(people)) for _ in "12")
    gang, gang2 = chance.often(GANGS), chance.choice(GANGS)
    return {
        "kind": kind, "template": chance.randrange(len(GRAMMAR[kind])), "on": on,
        "town": town, "country": country, "town2": chance.choice(TOWNS)[0], "abroad": chance.choice(ABROAD), "person": chance.often(people),
        "official": official, "official2": official2, "gang": gang, "gang2": gang2, "force": chance.often(FORCES), "body": chance.often(BODIES),
        "state": chance.often(STATES), "kilos": int(20 * 1.9 ** (chance.random() * 9)), "few": chance.randint(2, 34), "few2": chance.randint(2, 19),
        "some": chance.randint(40, 9900), "years": chance.randint(3, 34), "year": on.year - chance.randrange(3), "rate": round(chance.uniform(4, 60), 1),
        "money": f"${chance.randint(2, 940) / 10:g} million" if chance.random() < 0.7 else f"${chance.randint(3, 990)},000",
        "tons": chance.randint(20, 290), **{name: chance.choice(GRAMMAR[name]) for name in
        ["drug", "cargo", "spot", "boat", "house", "venue", "job", "alias", "quarter", "operation"]},
    }


def words(chance, told, template):
    """A sentence of a template, the slots filled by what is told, else by the grammar."""
    def fill(match):
        name, _, form = match.group(1).partition(".")
        key = name[0].lower() + name[1:]
        if key == "amount":
            text = amount(chance, told["kilos"])
        elif key == "day":
            text = told["said"]
        elif key == "clause" or key not in told:
            text = words(chance, {**told, **fresh(chance, told)}, chance.choice(GRAMMAR[key]))
        else:
            text = str(told[key])
        text = text.removeprefix("a ") if form == "bare" else text
        return text[:1].upper() + text[1:] if form == "cap" or name != key else text
    return re.sub(r"#([\w.]+)#", fill, template)


def fresh(chance, told):
    """What a quotation speaks of has numbers and places of its own."""
    return {"few": chance.randint(2, 60), "few2": chance.randint(2, 40), "quarter": chance.choice(GRAMMAR["quarter"]),
            "town": chance.choice([told["town"], chance.choice(TOWNS)[0]])}


def amount(chance, kilos):
    """A mass as one reporter or another writes it."""
    if kilos > 900 and chance.random() < 0.6:
        return chance.choice([f"{kilos / 1000:.1f} tonnes", f"more than {kilos / 1000:.1f} tonnes".replace(".0", ""), f"{kilos / 1000:.2f} tonnes"])
    return chance.choice([f"{kilos} kilograms", f"{kilos} kilos", f"nearly {kilos + 3} kilos"] if kilos > 50 else [f"{kilos} kilos"])


def said(chance, day, published):
    """The day as a report tells it that came out soon after."""
    gap = (published - day).days
    plain = f"on {day.day} {day:%B %Y}"
    return chance.choice([plain, {0: "today", 1: "yesterday"}.get(gap, f"on {day:%A}"), f"on {day:%B} {day.day}, {day.year}"])


def report(chance, told, outlet, number):
    """Title, day of publication and paragraphs of one telling."""
    published = told["on"] + timedelta(chance.choice([0, 1, 1, 1, 2, 3]))
    told = {**told, "said": said(chance, told["on"], published), "outlet": outlet}
    if chance.random() < 0.12:
        told["few"] += chance.choice([-1, 1, 2])
        told["kilos"] = int(told["kilos"] * chance.uniform(0.9, 1.15)) + 1
    lead = words(chance, told, GRAMMAR[told["kind"]][told["template"]])
    rest = [words(chance, told, chance.choice(GRAMMAR[kind])) for kind in chance.choices(["say", "more", "figure", "relate", "position"], [9, 8, 2, 1, 1], k=chance.randint(1, 3))]
    title = headline(chance, told, lead)
    return {"title": title, "outlet": outlet, "published": published, "town": told["town"], "text": [lead, *rest], "number": number}


def headline(chance, told, lead):
    """A few words that no two reports share by chance alone."""
    start = {"seize": "{drug} found", "weapons": "Arms found", "arrest": "Arrest", "kill": "Deaths", "abduct": "Kidnapping", "deploy": "Troops",
             "protest": "Protest", "meet": "Talks", "commit": "Aid", "position": "Debate", "allege": "Accusation", "figure": "Numbers", "relate": "Gangs"}[told["kind"]]
    tail = chance.choice(["what is known", "the morning after", "a town holds its breath", "questions remain", "officials speak", "in brief", "what follows"])
    return f"{start.format(**told).capitalize()} in {told['town']}: {tail}, {told['quarter']}"


def retold(chance, first, outlet, number):
    """The same report in another outlet: copied, cut, or with words put in other places."""
    text = list(first["text"])
    if chance.random() < 0.5 and len(text) > 2:
        text.pop()
    if chance.random() < 0.4:
        swaps = [("seized", "confiscated"), ("arrested", "detained"), ("said", "stated"), ("people", "persons"), ("found", "discovered"), ("killed", "murdered")]
        for old, new in swaps:
            text = [sentence.replace(f" {old} ", f" {new} ") for sentence in text]
    published = first["published"] + timedelta(chance.choice([0, 0, 1, 2]))
    return {**first, "outlet": outlet, "published": published, "text": text, "number": number, "title": first["title"] if chance.random() < 0.5 else first["title"] + " again"}


def reports(count, seed, a_day):
    """All reports, one after the other. Of as many people, day by day, whether it ends soon or late."""
    chance = Chance(seed)
    known = 8_500 if a_day else 200 + count // 12
    people = sorted({f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}{' ' + chance.choice(FAMILY) if chance.random() < 0.5 else ''}" for _ in range(known)})
    chance.shuffle(people)
    recent, past = [], []
    for number in range(count):
        outlet = chance.often(OUTLETS)
        if past and chance.random() < 0.08:
            made = retold(chance, chance.choice(past), outlet, number)
        else:
            on = FIRST_DAY + timedelta(number // a_day) if a_day else None
            told = chance.choice(recent) if recent and chance.random() < 0.35 else incident(chance, people, on)
            recent = (recent + [told])[-40:]
            made = report(chance, told, outlet, number)
            past = (past + [made])[-200:]
        yield made, chance.choices(["html", "text", "undated"], [5, 4, 1])[0]


def page(made):
    """A web page as papers write them."""
    text = "\n".join(f"<p>{html.escape(sentence)}</p>" for sentence in made["text"])
    return (f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{html.escape(made["title"])} | {made["outlet"]}</title>\n'
            f'<meta property="og:site_name" content="{made["outlet"]}"><meta property="og:title" content="{html.escape(made["title"])}">\n'
            f'<meta property="article:published_time" content="{made["published"]}"></head>\n<body><nav><a href="/">Home</a> <a href="/crime">Crime</a></nav>\n'
            f'<article><h1>{html.escape(made["title"])}</h1>\n{text}\n</article>\n<footer>© {made["outlet"]}. All rights reserved.</footer></body></html>\n')


def plain(made, dated):
    """A text as it is copied out of a page."""
    day = made["published"]
    head = [made["outlet"], "", made["title"], "", f"Published: {day.day} {day:%B %Y}"] if dated else [made["title"]]
    return "\n".join([*head, "", "\n\n".join(made["text"]), ""])


def main(count, folder, seed=7, a_day=0):
    for made, form in reports(int(count), int(seed), int(a_day)):
        place = Path(folder) / f"{made['number'] // 1000:03}"
        place.mkdir(parents=True, exist_ok=True)
        name = f"{made['number']:06}.{'html' if form == 'html' else 'txt'}"
        (place / name).write_text(page(made) if form == "html" else plain(made, form == "text"), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4, 5):
        sys.exit(__doc__)
    main(*sys.argv[1:])
