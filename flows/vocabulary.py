"""The words that a scheme may use to name something of the program: facts, points, ways a rung opens.

Each stands here once with what it means, for `gehoord check` and for ``docs/schemes.md``. What people read
stands in the locales: a fact is worded there as ``fact.<id>``, a confidant's point as ``confidant.says.<id>``.
"""

from collections.abc import Callable

import msgspec

from flows.scheme import Scheme

REGISTERS = ("je", "u", "kind")
"""How people can be addressed in Dutch."""

ROUTES = ("complaint", "story", "suggestion", "message", "commission", "wzd")
"""The routes whose questions a scheme gives under `asks`."""

OPENS: dict[str, str] = {
    "at_once": "it can be taken at any time, without an earlier step",
    "unwilling": "the client does not want the earlier step",
    "hard": "the client finds the earlier step hard",
    "not_safe": "the client does not feel safe with the staff member",
    "no_solution": "the earlier step brought no solution",
    "dissatisfied": "the client is not satisfied with the solution",
    "no_talk": "the client does not want to talk (any more), or no talk is possible",
}
"""What opens a rung besides the rung before it (`Rung.opens`)."""

SAYS: dict[str, str] = {
    "listens": "the confidant listens",
    "looks_together": "looks for a solution together with the client",
    "acts_together": "acts only in consultation with the client",
    "between_us": "what is said stays between them",
    "danger": "what happens when someone is in danger",
    "independent": "is not employed by the organisation, a care provider or a municipality",
    "informs": "informs and advises",
    "supports": "supports in complaints",
    "explains_rights": "explains the client's rights",
    "improves": "helps to improve the care",
}
"""What a confidant does, told where one is offered (`Confidant.says`)."""

PARTS: dict[str, str] = {
    "date": "the date of the complaint",
    "complaint": "what the complaint is",
    "facts": "the facts of the complaint",
    "agreements": "the agreements made",
    "agreed_date": "the day by which they are carried out",
    "solutions": "the solutions discussed",
    "investigation": "that and how it was investigated",
    "outcome": "the outcome",
    "reasons": "the reasons for the outcome",
    "measures": "the measures taken",
    "stopped": "that the handling stops, and why",
    "extract": "what the one asked to respond needs to know, without names where a role is enough",
    "respond_by": "the day by which a response is asked",
}
"""What a letter can have to hold (`Letter.parts`)."""

REPORTED: dict[str, str] = {
    "subject": "what the complaints were about",
    "location": "where",
    "outcome": "how they ended",
    "measures": "which measures were taken",
    "improvements": "which improvements follow",
    "terms": "which terms were met",
}
"""What a report can count (`Report.what`)."""


class FactKind(msgspec.Struct, frozen=True):
    """A fact that a source can state. `says` is its meaning; `needs` is what must stand in the data for it to be
    true here, with `holds` to see whether it does."""

    says: str
    needs: str = ""
    holds: Callable[[Scheme], bool] | None = None


def _rung(*kinds: str) -> Callable[[Scheme], bool]:
    return lambda scheme: any(rung.kind in kinds for rung in scheme.ladder)


def _step(id: str) -> Callable[[Scheme], bool]:
    return lambda scheme: any(step.id == id for step in scheme.steps)


def _way(kind: str) -> Callable[[Scheme], bool]:
    return lambda scheme: any(way.kind == kind for way in scheme.ways)


def _part(part: str) -> Callable[[Scheme], bool]:
    return lambda scheme: any(part in letter.parts for letter in scheme.letters)


def _outside_at_once(scheme: Scheme) -> bool:
    return any("at_once" in rung.opens and rung.kind in ("commission", "disputes") for rung in scheme.ladder)


def _no_contact_term(scheme: Scheme) -> bool:
    return not any(
        term.starts == "received" and term.ends == "contact_made" and term.count for term in scheme.terms
    )


_COMMISSION = ("a commission on the ladder", _rung("commission", "disputes"))

FACTS: dict[str, FactKind] = {
    "costs_nothing": FactKind("complaining costs nothing"),
    "talk_often_helps": FactKind("a talk with a staff member often helps", "a talk on the ladder", _rung("talk")),
    "relatives_may": FactKind("(ex-)partners, children and relatives may complain too"),
    "municipality_first": FactKind("some municipalities want the organisation to be asked first",
                                   "a way of kind municipality", _way("municipality")),
    "staff_hears": FactKind("the staff member concerned hears of the complaint"),
    "talk_preferred": FactKind("a talk in person is preferred"),
    "written_possible": FactKind("an answer in writing is possible"),
    "in_person_possible": FactKind("the complaint can be told in person", "a way of kind in_person", _way("in_person")),
    "privacy_careful": FactKind("the organisation is careful with everyone's personal data"),
    "secrecy": FactKind("staff and commission members are bound to secrecy"),
    "dossier_readable": FactKind("the client may read the dossier or have a copy"),
    "digital_dossier": FactKind("a digital dossier records how the complaint goes"),
    "dossier_copy": FactKind("the complaint also goes into the client's own dossier, which counsellors can read",
                             "the step document_filed", _step("document_filed")),
    "as_soon_as_possible": FactKind("contact is made as soon as possible, without a number of days",
                                    "no term from received to contact_made", _no_contact_term),
    "confidant_free": FactKind("a confidant costs nothing", "a confidant with free: true",
                               lambda scheme: any(c.free for c in scheme.confidants)),
    "confidant_for_children": FactKind("children may go to the confidant too", "a confidant",
                                       lambda scheme: bool(scheme.confidants)),
    "confidant_independent": FactKind("the confidant is not employed by the organisation",
                                      "a confidant with outside: true",
                                      lambda scheme: any(c.outside for c in scheme.confidants)),
    "confidant_between_us": FactKind("what is told to the confidant stays with them",
                                     "a confidant with anonymous: true",
                                     lambda scheme: any(c.anonymous for c in scheme.confidants)),
    "confidant_acts_together": FactKind("the confidant acts only in consultation", "a confidant on the ladder",
                                        _rung("confidant")),
    "danger_together": FactKind("when someone is in danger, the steps to take are discussed together",
                                "a confidant on the ladder", _rung("confidant")),
    "steps_in_order": FactKind("the steps are taken one by one", "ordered: true", lambda scheme: scheme.ordered),
    "look_together": FactKind("client and staff member look for a solution together", "a talk on the ladder",
                              _rung("talk")),
    "generalist_ask_municipality": FactKind("the municipality knows who the client's generalist is",
                                            "a generalist on the ladder", _rung("generalist")),
    "contact_who": FactKind("who can make contact: a manager, a behavioural scientist, sometimes a coach"),
    "steps_agreed_together": FactKind("which steps follow is settled together", "the step steps_agreed",
                                      _step("steps_agreed")),
    "mediation_invitation": FactKind("an invitation to a mediation talk follows", "a mediation on the ladder",
                                     _rung("mediation")),
    "mediation_possible": FactKind("the independent officer helps and mediates", "an officer on the ladder",
                                   _rung("officer")),
    "restores_trust": FactKind("the officer also helps to restore trust", "an officer on the ladder", _rung("officer")),
    "uninvolved": FactKind("somebody who was not involved handles it", "recipient with uninvolved: true",
                           lambda scheme: scheme.recipient is not None and scheme.recipient.uninvolved),
    "investigation_asks": FactKind("those involved may be asked for their view", "the step response_requested",
                                   _step("response_requested")),
    "agreements_in_writing": FactKind("agreements are confirmed in a letter", "a letter with the part agreements",
                                      _part("agreements")),
    "talk_reports": FactKind("a report of every talk goes to all who were in it", "the step report_made",
                             _step("report_made")),
    "outcome_with_reasons": FactKind("the outcome comes in writing, with reasons", "a letter with the part reasons",
                                     _part("reasons")),
    "withdrawing_stops": FactKind("handling stops when the complaint is withdrawn", "the step withdrawal_confirmed",
                                  _step("withdrawal_confirmed")),
    "registered_without_name": FactKind("complaints are counted and reported without names", "a report",
                                        lambda scheme: bool(scheme.reports)),
    "rules_of_today": FactKind("the complaint keeps the rules that hold when it begins"),
    "story_welcome": FactKind("only telling one's story is welcome too", "the route story under asks",
                              lambda scheme: "story" in scheme.asks),
    "suggestion_welcome": FactKind("a suggestion is welcome too", "the route suggestion under asks",
                                   lambda scheme: "suggestion" in scheme.asks),
    "outside_at_once": FactKind("going to the outside body at once is possible",
                                "a commission that opens at_once", _outside_at_once),
    "support_from_outside": FactKind("an outside complaints officer supports the client", "a rung with support",
                                     lambda scheme: any(rung.support for rung in scheme.ladder)),
    "document_together": FactKind("the complaint is put on paper together"),
    "solutions_agreed_term": FactKind("solutions are carried out within an agreed time", "a term with basis: agreed",
                                      lambda scheme: any(term.basis == "agreed" for term in scheme.terms)),
    "talk_again": FactKind("after the solution there is another talk", "the step follow_up_held",
                           _step("follow_up_held")),
    "disputes_youth_rules": FactKind("the youth-care rules for complaints and disputes apply outside", *_COMMISSION),
    "wzd_may_apply": FactKind("for measures that restrict freedom another regulation may apply", "wzd",
                              lambda scheme: scheme.wzd is not None),
    "improvements": FactKind("complaints lead to improvements where possible", "the step improvement_noted",
                             _step("improvement_noted")),
    "yearly_evaluation": FactKind("complaints are evaluated every year", "a yearly report",
                                  lambda scheme: any(report.period == "year" for report in scheme.reports)),
    "commission_first_try": FactKind("trying together first is asked, not demanded", *_COMMISSION),
    "commission_confidant_helps": FactKind("the confidant can help at the commission too", *_COMMISSION),
    "commission_discuss": FactKind("the choice for the commission can be discussed first", *_COMMISSION),
    "commission_in_writing": FactKind("the commission asks for a letter", *_COMMISSION),
    "commission_online_dossier": FactKind("the commission opens an online dossier", *_COMMISSION),
}  # fmt: skip
"""Every fact that a scheme can state (`Fact.id`)."""
