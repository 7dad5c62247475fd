"""A town of 2,800 members and a city of 100,000: names, places and tongues as they fall.

Names follow Zipf: a few are in every street, most are rare; a third of the family names
are grown from others (Lindberg, Lindström), so that a city knows more of them than a town.
"""

import psycopg

from bench import worlds
from bench.servers import Server

TOWN, CITY = "town", "city"
MEMBERS = {TOWN: 2_800, CITY: 100_000}

FIRST = """
Maria José Anna Ana John Mohammed Fatima Juan Emma Luis Sara Ahmed Carlos Elena Thomas
Marie David Sofia Michael Laura Ibrahim Carmen Peter Amina Jorge Eva Daniel Rosa Erik
Lucía Robert Hassan Linda Pedro Ingrid James Aisha Miguel Karin Paul Julia Omar Björn
Andrés Claire Francisco Nora William Khadija Manuel Astrid Pierre Isabel Yusuf Birgitta
Antonio Léa Samuel Patricia Lars Camille Ali Teresa George Margareta Rafael Chloé Abdi
Beatriz Nils Hélène Diego Olga Mark Zahra Alejandro Gunilla Jean Nadia Ricardo Elsa
Stephen Leïla Fernando Kerstin Frank Manon Sergio Hanna Karim Pilar Axel Jacqueline Raúl
Svetlana Henry Mariam Óscar Ulla Martin Inès Tomás Agnes Richard Halima Ángel Sven
Louise Eduardo Ruth Bilal Mercedes Johan Françoise Alberto Irina Edward Safiya Javier
Helga Philippe Yasmin Víctor Maja Charles Ayaan Emilio Brigitte Joseph Lourdes Gustav
Odette Hugo Tatiana Walter Naima Ramón Sigrid Alain Esperanza Oskar Renée Iván Petra
Arthur Sumaya Felipe Ebba Benoît Consuelo Magnus Élodie Enrique Vera Harold Hodan Pablo
Greta Mathieu Dolores Anders Geneviève Rubén Wanda Leonard Ifrah Gonzalo Solveig
Thibault Araceli Fredrik Édith Marcos Ludmila Ernest Deqa Ignacio Tuva Xavier Graciela
Håkan Zoé Nicolás Halina Clarence Warsan Salvador Liv Yves Rocío Göran Aurélie César
Zofia Milton Ubah Adolfo Ylva Cédric Ximena Åke Noémie Bruno Danuta Wilbur Ladan Leandro
Dagny Rémi Zulema Östen Maëlle Cruz Zdenka Cornelius Xaawo Evaristo Ragnhild Loïc
Yolanda Ørjan Clémence Gilberto Jadwiga Thaddeus Quman Teodoro Þóra Gaël Úrsula Torbjörn
Anaïs Wenceslao Bronisława Hieronymus Timiro Plácido Sunniva
"""
LAST = """
García Johansson Smith Martin Nguyen Ali Rodríguez Andersson Johnson Bernard González
Karlsson Williams Dubois Hassan Fernández Nilsson Brown Thomas Mohamed López Eriksson
Jones Robert Ahmed Martínez Larsson Miller Richard Hussein Sánchez Olsson Davis Petit
Farah Pérez Persson Wilson Durand Ibrahim Gómez Svensson Anderson Leroy Osman Díaz
Gustafsson Taylor Moreau Warsame Hernández Pettersson Moore Simon Abdi Álvarez Jonsson
Jackson Laurent Jama Ruiz Jansson White Lefebvre Omar Jiménez Hansson Harris Michel
Yusuf Moreno Bengtsson Thompson García-Vega Nur Muñoz Jönsson Robinson David Aden Romero
Lindberg Clark Bertrand Elmi Alonso Jakobsson Lewis Roux Duale Gutiérrez Magnusson Lee
Vincent Guled Navarro Olofsson Walker Fournier Hersi Torres Lindström Hall Morel Ismail
Domínguez Lindqvist Allen Girard Kahin Vázquez Lindgren Young André Liban Ramos Axelsson
King Lefèvre Mire Gil Berg Wright Mercier Noor Ramírez Bergström Scott Dupont Roble
Serrano Lundberg Green Lambert Shire Blanco Lind Baker Bonnet Samatar Molina Lundgren
Adams François Tahlil Morales Lundqvist Nelson Martinez Ugas Suárez Mattsson Hill
Legrand Waberi Ortega Berglund Campbell Garnier Xirsi Delgado Fredriksson Mitchell Faure
Kowalski Castro Sandberg Roberts Rousseau Nowak Ortiz Henriksson Carter Blanc Wójcik
Rubio Forsberg Phillips Guérin Kamiński Marín Sjöberg Evans Muller Zieliński Sanz Wallin
Turner Henry Szymański Núñez Engström Parker Roussel Woźniak Iglesias Eklund Collins
Nicolas Dąbrowski Medina Danielsson Edwards Perrin Kozłowski Garrido Lundin Stewart
Morin Jankowski Cortés Håkansson Flores Mathieu Mazur Castillo Björk Morris Clément
Krawczyk Santos Bergman Murphy Gauthier Piotrowski Lozano Gunnarsson Rogers Dumont
Grabowski Guerrero Holm Reed Lopez Pawłowski Cano Wikström Cook Fontaine Michalski
Prieto Samuelsson Morgan Chevalier Król Méndez Isaksson Bell Robin Wieczorek Cruz
Fransson Cooper Masson Jabłoński Calvo Bergqvist Richardson Sanchez Wróbel Gallego
Nyström Cox Gérard Majewski Vidal Holmberg Howard Nguyễn Olszewski León Arvidsson Ward
Boyer Stępień Herrera Löfgren Peterson Denis Malinowski Márquez Söderberg Gray Lemaire
Jaworski Peña Nyberg Ramirez Duval Adamczyk Cabrera Blomqvist Watson Joly Dudek Flores
Claesson Brooks Gautier Nowicki Campos Nordström Kelly Roger Pawlak Vega Mårtensson
Sanders Roche Górski Fuentes Lundström Price Roy Witkowski Carrasco Björklund Bennett
Noël Sikora Diez Eliasson Wood Meyer Walczak Reyes Berggren Barnes Lucas Rutkowski
Caballero Sandström Ross Meunier Baran Nieto Nordin Henderson Jean Michalak Aguilar
Ström Coleman Pérez-Roldán Szewczyk Santana Åberg Jenkins Marchand Ostrowski Herrero
Hermansson Perry Dufour Tomaszewski Pascual Ekström Powell Blanchard Pietrzak Montero
Holmgren Long Marie Zalewski Hidalgo Falk Patterson Barbier Wróblewski Lorenzo Dahlberg
Hughes Brun Jasiński Giménez Hellström Washington Dumas Sadowski Ibáñez Sundberg Butler
Brunet Zakrzewski Ferrer Sjögren Simmons Schmitt Duda Santiago Ek Foster Leroux
Włodarczyk Benítez Blom Gonzales Colin Borkowski Mora Hedlund Bryant Arnaud Chmielewski
Vicente
"""
GROWN = ("", "", "", "", "", "", "berg", "ström", "ski", "ez", "ova", "sen")
PLACES = 36
# The reader and the few who hide from them come first.
PEOPLE_SQL = """
SET session_replication_role = replica;
SELECT setseed(0.42);
INSERT INTO members_neighbourhood (name, parent_id)
SELECT 'District ' || n, NULL FROM generate_series(1, 6) n;
INSERT INTO members_neighbourhood (name, parent_id)
SELECT 'Quarter ' || n, d.id
  FROM generate_series(1, {places} - 6) n
  JOIN members_neighbourhood d ON d.name = 'District ' || 1 + n %% 6;
INSERT INTO members_member
       (password, number, name, email, kind, language, welcomed_at, on_leave_at)
SELECT '!', nextval('members_member_number'),
       CASE WHEN r.organised < 0.02 THEN last || ' ' || first || ' Society'
            WHEN r.organised < 0.12 THEN first || ' ' || last || ' ' || other
            ELSE first || ' ' || last END,
       CASE WHEN r.mail < 0.8 THEN 'neighbour' || n || '@example.org' END,
       CASE WHEN r.organised < 0.02 THEN 'organisation' ELSE 'person' END,
       'en', now() - r.since * interval '5 years', NULL
  FROM generate_series(1, {members}) n,
       LATERAL (SELECT n AS one, random() AS f, random() AS l, random() AS o,
                       random() AS g, random() AS organised, random() AS mail,
                       random() AS since) r,
       (SELECT %(first)s::text[] AS firsts, %(last)s::text[] AS lasts,
               %(grown)s::text[] AS grown) names,
       LATERAL (SELECT firsts[1 + floor(cardinality(firsts) * power(r.f, 2.2))::int] AS first,
                       lasts[1 + floor(cardinality(lasts) * power(r.l, 1.8))::int]
                       || grown[1 + floor(cardinality(grown) * r.g)::int] AS last,
                       lasts[1 + floor(cardinality(lasts) * power(r.o, 1.8))::int] AS other) x
 ORDER BY md5(n::text);
INSERT INTO members_nameword (word)
SELECT DISTINCT w FROM members_member, unnest(string_to_array(name_words, ' ')) w
 WHERE w <> '';
INSERT INTO members_profile
       (member_id, pronouns, about, languages, neighbourhood_id, phone, address, emergency,
        contact_way, pronouns_audience, about_audience, languages_audience,
        neighbourhood_audience, phone_audience, email_audience, address_audience,
        emergency_audience)
SELECT m.id, CASE WHEN r.p < 0.2 THEN 'she/her' ELSE '' END, 'I like to help.',
       CASE WHEN r.l < 0.5 THEN ARRAY['en'] WHEN r.l < 0.75 THEN ARRAY['en', 'es']
            WHEN r.l < 0.9 THEN ARRAY['sv', 'en'] WHEN r.l < 0.98 THEN ARRAY['fr', 'so']
            ELSE ARRAY['yi'] END,
       places[1 + floor(cardinality(places) * power(r.n, 1.5))::int],
       '555 ' || m.number, m.number || ' Willow Street', '', 'phone', 'members', 'members',
       CASE WHEN r.h < 0.9 THEN 'members' ELSE 'coordinators' END,
       CASE WHEN r.h < 0.85 THEN 'members' ELSE 'coordinators' END,
       'coordinators', 'coordinators', 'coordinators', 'coordinators'
  FROM members_member m,
       LATERAL (SELECT m.id AS one, random() AS p, random() AS l, random() AS n,
                       random() AS h) r,
       (SELECT array_agg(id ORDER BY id) AS places FROM members_neighbourhood) h;
INSERT INTO members_block (member_id, blocked_id, blocked_at)
SELECT m.id, (SELECT id FROM members_member ORDER BY number DESC LIMIT 1), now()
  FROM members_member m ORDER BY m.number LIMIT 3;
"""


def make_town_and_city(server: Server) -> None:
    """Migrate one database as the owner, copy it, and fill both."""
    server.create(TOWN)
    owner = {"DATABASE_OWNER_URL": server.url(server.owner, TOWN)}
    worlds.ask_django(server.environ(TOWN) | owner, "migrate")
    server.create(CITY, template=TOWN)
    for name in MEMBERS:
        fill(server, name)


def fill(server: Server, name: str) -> None:
    """Put so many people into an empty network."""
    statements = PEOPLE_SQL.format(members=MEMBERS[name], places=PLACES)
    with psycopg.connect(server.superuser_url(name)) as people:
        # Several statements at once, so their parameters are put in here.
        psycopg.ClientCursor(people).execute(
            statements,
            {"first": FIRST.split(), "last": LAST.split(), "grown": list(GROWN)},
        )
    with psycopg.connect(server.superuser_url(name), autocommit=True) as people:
        people.execute("VACUUM ANALYZE")
