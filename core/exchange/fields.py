"""Which fields each importable noun has, and what others call them. Names in English, German, Spanish, French, Polish.

Only letters and digits of a name count when headers are compared; accents, case and signs do not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.text import fold

WRONG = "What is wrong"
"""The column that says it, in a file of rows that were left out; taken in again, it is nobody's."""


@dataclass(frozen=True, slots=True)
class Field:
    """`label` is the word on the screen; `names` are the headers that mean it; one of `required` must be given.

    `kind`: of a field of one's own, as in core.model.words.FIELD_KINDS.
    """

    name: str
    label: str
    names: tuple[str, ...]
    required: bool = False
    kind: str = ""

    @property
    def own_id(self) -> str:
        """The id of a field of one's own; "" of all others."""
        return self.name.removeprefix(OWN) if self.name.startswith(OWN) else ""


OWN = "custom:"


def _f(name: str, label: str, names: str, *, required: bool = False) -> Field:
    own = (name.replace("_", " "), label)
    return Field(name, label, own + tuple(n.strip() for n in names.split(",")), required)


_EMAIL = (
    "email address, mail, e-mail address, email 1, e-mail 1 value, primary email, student email, school email, "
    "university email, contact email, mailadresse, e-mail-adresse, correo, correo electrónico, dirección de correo, "
    "email adresse, courriel, adresse e-mail, adresse électronique, mél, adres e-mail, poczta, e-mail studenta"
)
_PROJECT = (
    "project number, project title, project name, micro-internship, job title, projekt, projekttitel, projektnummer, "
    "proyecto, título del proyecto, projet, titre du projet, nazwa projektu, tytuł projektu, numer projektu"
)
_CURRENCY = "curr, währung, moneda, divisa, devise, monnaie, waluta"
_KICK_OFF = (
    "kick off, kick-off date, start, start date, begins, begin, beginn, startdatum, anfang, inicio, fecha de inicio, "
    "début, date de début, rozpoczęcie, data rozpoczęcia"
)
_DUE = (
    "due, due date, deadline, end, end date, fällig, fällig am, abgabe, abgabetermin, ende, enddatum, entrega, "
    "fecha de entrega, fecha límite, fin, échéance, date limite, date de fin, termin, data zakończenia"
)
_HOURS = (
    "hours, hrs, est hours, number of hours, effort, stunden, geschätzte stunden, aufwand, horas, horas estimadas, "
    "heures, heures estimées, nombre d'heures, godziny, liczba godzin"
)
_FEE = (
    "fixed fee, pay, payment, compensation, stipend, price, budget, honorar, vergütung, bezahlung, betrag, honorarios, "
    "pago, tarifa, importe, rémunération, honoraires, montant, tarif, wynagrodzenie, honorarium, kwota, stawka"
)
_STATUS = "state, stage, step, stand, zustand, estado, situación, statut, état, stan, etap"
_NOTE = (
    "notes, comment, comments, remark, notiz, notizen, bemerkung, nota, notas, remarque, commentaire, uwagi, notatki"
)

CANDIDATES = (
    _f(
        "first_name",
        "First name",
        "given name, forename, first, fname, preferred first name, legal first name, vorname, rufname, "
        "nombre, nombres, primer nombre, prénom, prenoms, imię, imiona",
    ),
    _f(
        "last_name",
        "Last name",
        "surname, family name, last, lname, legal last name, nachname, familienname, zuname, apellido, "
        "apellidos, primer apellido, nom de famille, nazwisko",
    ),
    _f(
        "name",
        "Full name",
        "student, student name, candidate, candidate name, applicant, applicant name, display name, "
        "participant, name des studenten, vollständiger name, vor- und nachname, bewerber, studierende, "
        "nombre completo, nombre y apellidos, nombre y apellido, estudiante, candidato, alumno, nom complet, "
        "nom et prénom, prénom et nom, étudiant, candidat, nom, imię i nazwisko, nazwisko i imię, kandydat",
    ),
    _f(
        "nickname", "Nickname", "preferred name, goes by, called, known as, spitzname, apodo, surnom, pseudonim, ksywka"
    ),
    _f("email", "E-mail", _EMAIL),
    _f(
        "email_2",
        "Second e-mail",
        "email 2, e-mail 2, 2nd e-mail, e-mail 2 value, e-mail 2 address, secondary email, other email, "
        "alternate email, alternative email, personal email, private email, zweite e-mail, private e-mail, "
        "segundo correo, correo personal, courriel 2, courriel personnel, drugi e-mail",
    ),
    _f(
        "phone",
        "Phone",
        "phone number, telephone, tel, mobile, mobile phone, cell, cell phone, phone 1 value, primary phone, "
        "telefon, telefonnummer, handy, handynummer, mobil, teléfono, móvil, celular, téléphone, portable, "
        "numéro de téléphone, numer telefonu, telefon komórkowy, komórka",
    ),
    _f(
        "school",
        "School",
        "university, college, institution, campus, campus name, school name, college or university, university name, "
        "current school, home institution, hochschule, universität, uni, fachhochschule, schule, universidad, "
        "escuela, institución, centro, université, école, établissement, faculté, uczelnia, uniwersytet, "
        "szkoła, politechnika",
    ),
    _f(
        "student_number",
        "Student number",
        "student id, student no, university id, campus id, card id, id number, matriculation, matriculation number, "
        "matrikelnummer, matrikel, matr nr, número de estudiante, matrícula, número de matrícula, numéro "
        "étudiant, numéro d'étudiant, matricule, numer albumu, nr albumu, numer studenta, indeks",
    ),
    _f(
        "major",
        "Major",
        "majors, program of study, field of study, course of study, program, programme, concentration, degree "
        "program, discipline, studiengang, studienfach, fach, fachrichtung, carrera, especialidad, estudios, "
        "titulación, filière, spécialité, discipline, domaine d'études, kierunek, kierunek studiów, "
        "specjalność",
    ),
    _f(
        "degree_level",
        "Degree",
        "degree, level, degree type, level of study, education level, academic level, degree sought, "
        "abschluss, studienabschluss, angestrebter abschluss, grado, nivel, nivel de estudios, título, "
        "diplôme, niveau, niveau d'études, stopień, poziom studiów, tytuł",
    ),
    _f(
        "class_year",
        "Class year",
        "class, year, year in school, class standing, standing, classification, grade level, academic year, "
        "school year, year of study, current year, studienjahr, jahrgang, semester, curso, año, año "
        "académico, año de estudios, année, année d'études, rok, rok studiów",
    ),
    _f(
        "expected_graduation",
        "Expected graduation",
        "graduation, grad, grad date, graduation date, expected graduation date, anticipated graduation, "
        "anticipated graduation date, graduation year, grad year, graduates, class of, expected grad date, "
        "expected completion, completion date, primary education end date, education end, studienende, "
        "voraussichtlicher abschluss, abschlussdatum, abschluss am, "
        "graduación, fecha de graduación, graduación prevista, año de graduación, fin des "
        "études, date de diplôme, date d'obtention du diplôme, diplômé en, ukończenie, ukończenie studiów, "
        "data ukończenia, koniec studiów",
    ),
    _f(
        "skills",
        "Skills",
        "skill, skill set, skillset, technologies, competencies, fähigkeiten, kenntnisse, kompetenzen, "
        "habilidades, competencias, conocimientos, compétences, savoir-faire, umiejętności, kompetencje",
    ),
    _f(
        "languages",
        "Languages",
        "language, languages spoken, spoken languages, foreign languages, sprachen, sprachkenntnisse, fremdsprachen, "
        "idiomas, lenguas, langues, langues parlées, języki, języki obce, znajomość języków",
    ),
    _f(
        "tags",
        "Tags",
        "tag, labels, keywords, groups, schlagwörter, stichwörter, etiquetas, palabras clave, étiquettes, mots clés, "
        "tagi, etykiety, słowa kluczowe",
    ),
    _f(
        "source",
        "Source",
        "how did you hear about us, referred by, heard from, found through, channel, origin, quelle, "
        "herkunft, aufmerksam durch, fuente, procedencia, provenance, origine, źródło, skąd",
    ),
    _f(
        "links",
        "Links",
        "link, url, website, web site, linkedin, linkedin url, linkedin profile, portfolio, portfolio url, "
        "github, webseite, website 1 value, profil, enlace, enlaces, sitio web, página web, lien, liens, "
        "site, site web, strona, strona internetowa",
    ),
    _f("notes", "Notes", _NOTE + ", description, about, bio, observaciones, comentarios, remarques, commentaires"),
    _f(
        "hours_a_week",
        "Hours a week",
        "hours per week, weekly hours, hours week, available hours, hours available, weekly availability, "
        "availability hours, stunden pro woche, wochenstunden, horas por semana, horas semanales, heures par "
        "semaine, heures hebdomadaires, godzin tygodniowo, godziny w tygodniu",
    ),
    _f(
        "first_contact_on",
        "First contact",
        "first contact date, first contacted, date of first contact, met on, date met, contact date, date "
        "added, added on, erster kontakt, erstkontakt, kennengelernt am, primer contacto, fecha de contacto, "
        "premier contact, date de contact, pierwszy kontakt, data kontaktu",
    ),
)

PROJECTS = (
    _f(
        "title",
        "Title",
        "project, project title, project name, name, titel, projekttitel, projekt, projektname, título, "
        "nombre, proyecto, titre, intitulé, projet, tytuł, nazwa, nazwa projektu",
        required=True,
    ),
    _f(
        "category",
        "Category",
        "type, area, department, kategorie, bereich, categoría, área, catégorie, domaine, kategoria, dział",
    ),
    _f(
        "summary",
        "Summary",
        "description, brief, project description, overview, beschreibung, zusammenfassung, kurzbeschreibung, "
        "descripción, resumen, résumé, opis, streszczenie",
    ),
    _f(
        "why_it_matters",
        "Why it matters",
        "why, purpose, impact, warum, zweck, por qué importa, propósito, pourquoi, intérêt, dlaczego, cel",
    ),
    _f(
        "learning_objectives",
        "Learning objectives",
        "learning goals, objectives, learning outcomes, outcomes, lernziele, objetivos, objetivos de "
        "aprendizaje, objectifs, objectifs d'apprentissage, cele, cele nauki",
    ),
    _f(
        "deliverables",
        "Deliverables",
        "deliverable, milestones, tasks, results, ergebnisse, liefergegenstände, meilensteine, entregables, "
        "hitos, livrables, jalons, rezultaty, kamienie milowe",
    ),
    _f("estimated_hours", "Estimated hours", _HOURS),
    _f("fee", "Fee", _FEE),
    _f("currency", "Currency", _CURRENCY),
    _f(
        "apply_by",
        "Apply by",
        "application deadline, applications close, apply before, bewerbungsschluss, bewerben bis, fecha "
        "límite de solicitud, plazo de solicitud, date limite de candidature, termin zgłoszeń, zgłoszenia do",
    ),
    _f("kick_off_on", "Kick-off", _KICK_OFF),
    _f("due_on", "Due date", _DUE),
    _f(
        "location_mode",
        "Where",
        "location mode, mode, remote, work mode, location type, arbeitsort, modalidad, modalité, tryb, tryb pracy",
    ),
    _f("place", "Place", "location, city, address, ort, stadt, lugar, ciudad, lieu, ville, miejsce, miasto"),
    _f("tools", "Tools", "tools given, software, werkzeuge, herramientas, outils, narzędzia"),
    _f(
        "skills",
        "Skills wanted",
        "skills, required skills, fähigkeiten, kenntnisse, habilidades, compétences, umiejętności",
    ),
    _f("questions", "Questions", "application questions, question, fragen, preguntas, pytania"),
    _f(
        "openings",
        "Openings",
        "positions, number of students, seats, spots, plätze, stellen, vacantes, plazas, postes, places, "
        "liczba miejsc, miejsca",
    ),
    _f(
        "supervisor",
        "Supervisor",
        "manager, lead, contact, owner, betreuer, betreuerin, ansprechpartner, supervisora, tutor, "
        "responsable, superviseur, opiekun, kierownik",
    ),
    _f("eligibility", "Eligibility", "eligible, who may apply, voraussetzungen, requisitos, conditions, wymagania"),
    _f("status", "Status", _STATUS),
)

_CANDIDATE_EMAIL = _f("candidate_email", "Candidate's e-mail", "email, e-mail, " + _EMAIL, required=True)
_PROJECT_FIELD = _f("project", "Project", _PROJECT, required=True)

APPLICATIONS = (
    _CANDIDATE_EMAIL,
    _PROJECT_FIELD,
    _f("status", "Status", _STATUS),
    _f(
        "applied_on",
        "Applied on",
        "applied, application date, date applied, date, submitted, submitted on, timestamp, beworben am, "
        "bewerbungsdatum, datum, zeitstempel, fecha, fecha de solicitud, marca temporal, date de candidature, "
        "horodateur, data, data zgłoszenia, sygnatura czasowa",
    ),
    _f("source", "Source", "heard from, channel, quelle, fuente, origine, źródło"),
)

OFFERS = (
    _CANDIDATE_EMAIL,
    _PROJECT_FIELD,
    _f("fee", "Fee", _FEE + ", amount"),
    _f("currency", "Currency", _CURRENCY),
    _f("hours", "Hours", _HOURS + ", estimated hours"),
    _f("kick_off_on", "Kick-off", _KICK_OFF),
    _f("due_on", "Due date", _DUE),
    _f(
        "expires_on",
        "Answer by",
        "expires, expires on, expiry, valid until, reply by, gültig bis, antwort bis, vence, válida hasta, "
        "expire le, valable jusqu'au, ważna do",
    ),
    _f("status", "Status", _STATUS),
    _f("sent_on", "Sent on", "sent, date sent, gesendet am, enviada, envoyée le, wysłano"),
    _f("answered_on", "Answered on", "answered, accepted on, declined on, beantwortet am, respondida, répondu le"),
    _f("note", "Note", _NOTE),
)

PAYMENTS = (
    _CANDIDATE_EMAIL,
    _PROJECT_FIELD,
    _f("amount", "Amount", "sum, paid, " + _FEE, required=True),
    _f("currency", "Currency", _CURRENCY),
    _f(
        "paid_on",
        "Paid on",
        "date, payment date, date paid, pay date, datum, zahlungsdatum, bezahlt am, fecha, fecha de pago, "
        "date de paiement, payé le, data, data płatności, zapłacono",
        required=True,
    ),
    _f(
        "method",
        "Method",
        "payment method, paid by, how, zahlungsart, método, forma de pago, mode de paiement, moyen, metoda, "
        "sposób płatności",
    ),
    _f(
        "reference",
        "Reference",
        "ref, check number, check no, cheque number, transaction, transaction id, invoice, verwendungszweck, "
        "referenz, belegnummer, referencia, número de cheque, référence, numéro de chèque, numer, tytułem",
    ),
    _f(
        "paid_from",
        "Paid from",
        "from, funding, source, funded by, quelle, finanzierung, fuente, source de financement, źródło",
    ),
)

TO_DOS = (
    _f(
        "text",
        "To-do",
        "todo, to do, task, item, title, what, name, description, summary, subject, aufgabe, aufgaben, "
        "betreff, zu tun, tarea, tareas, pendiente, asunto, tâche, tâches, à faire, sujet, zadanie, zadania, "
        "do zrobienia, temat",
        required=True,
    ),
    _f(
        "captured_on",
        "Captured on",
        "date, created, created on, added, date added, erstellt, erstellt am, datum, fecha, creado, créé le, "
        "ajouté le, utworzono, data",
    ),
    _f("due_on", "Due on", _DUE),
    _f("repeat_months", "Repeats every (months)", "repeats, repeats every, every months, wiederholung, répéter"),
    _f("repeat_from", "Repeats from", "repeats since, first time"),
)

FIELDS: Mapping[str, tuple[Field, ...]] = {
    "candidates": CANDIDATES,
    "projects": PROJECTS,
    "applications": APPLICATIONS,
    "offers": OFFERS,
    "payments": PAYMENTS,
    "to-dos": TO_DOS,
}


def own_field(noun: str, field_id: str, name: str, kind: str, taken: Sequence[str] = ()) -> Field:
    """A field of one's own as a column. `taken`: labels of others; the same word gets another header."""
    label, used = name, {bare(word) for spec in FIELDS[noun] for word in spec.names[:2]}
    if not bare(name) or bare(name) in used | {bare(word) for word in taken} | {bare(WRONG)}:
        label = f"Own field {len(taken) + 1}: {name}"
    return Field(f"{OWN}{field_id}", label, (label, name), kind=kind)


def bare(words: str) -> str:
    """Letters and digits alone, without case and accents, as headers are compared."""
    return "".join(c for c in fold(words) if c.isalnum())
