"""What can happen to a case: the vocabulary by which terms start, end, stand still, are extended or fall away.

A scheme's terms name these ids (`TermRule.starts`, `ends`, `pauses`, `lapses`), `flows.events.Happened` carries
them, and the desk offers those that the scheme lists. What each does to terms beyond what a rule says stands
in its row. `flows.terms.step` reads this table and is the only one that acts on it.
"""

from typing import Literal

import msgspec

By = Literal["officer", "client", "commission", "clock"]


class StepKind(msgspec.Struct, frozen=True):
    """One thing that can happen.

    `does` says what it is, for those who write schemes. `by` is who does it. `day`: whether it carries a day
    of its own (``must``: without one it is refused). `closes`: all terms fall away but those of the client.
    `extends`: it lengthens a term, once and within the rule's maximum (``rule``) or as far as the client
    agreed in writing (``consent``). `resumes`: terms that stood still run on. `status` is the case's afterwards.
    """

    id: str
    does: str
    by: By = "officer"
    day: Literal["no", "may", "must"] = "no"
    closes: bool = False
    extends: Literal["no", "rule", "consent"] = "no"
    resumes: bool = False
    status: str | None = None


STATUSES: tuple[str, ...] = ("received", "in_progress", "resolved", "closed", "withdrawn", "refused")
"""Where a case can stand."""

STEPS: dict[str, StepKind] = {
    kind.id: kind
    for kind in (
        StepKind("received", "the complaint came in", by="client", status="received"),
        StepKind("acknowledged", "the receipt was confirmed in writing (Awb 9:6)"),
        StepKind("uninvolved_declared", "the officer declared that they had no part in what it is about"),
        StepKind("handed_over", "somebody who was not involved took the case over"),
        StepKind("contact_made", "the client was reached and spoken with", status="in_progress"),
        StepKind("taken_up", "handling began", status="in_progress"),
        StepKind("talk_planned", "a talk was agreed for a day", day="may", status="in_progress"),
        StepKind("talk_held", "the talk took place", status="in_progress"),
        StepKind("report_made", "the report of a talk was made and went to all who were in it"),
        StepKind("document_filed", "the complaint as put on paper together went into both dossiers"),
        StepKind("investigation_confirmed", "the investigation of the complaint was confirmed in writing"),
        StepKind("response_requested", "the staff member or party concerned was asked to respond"),
        StepKind("response_received", "their response came in"),
        StepKind("written_response", "the client received a response in writing"),
        StepKind("steps_agreed", "the next steps were settled with the client", day="may"),
        StepKind("solution_found", "a solution was found in talking", status="resolved"),
        StepKind("agreements_sent", "the agreements made were confirmed in writing"),
        StepKind("solution_agreed", "a solution was agreed, to be carried out by a day", day="must"),
        StepKind(
            "solution_done", "the solution was carried out; sets the day of the talk after it", day="may"
        ),
        StepKind("follow_up_held", "the talk after the solution took place"),
        StepKind("satisfied", "the client said that it is solved", status="resolved"),
        StepKind("not_satisfied", "the client said that it is not solved", status="in_progress"),
        StepKind("improvement_noted", "an improvement that follows from the complaint was noted"),
        StepKind("measures_recorded", "the measures taken were entered in the register"),
        StepKind("mediation_started", "a mediation talk was offered and accepted", status="in_progress"),
        StepKind("mediation_held", "the mediation took place, with or without a result", resumes=True),
        StepKind("paused", "handling stands still, with the client's knowledge"),
        StepKind("resumed", "handling goes on", resumes=True),
        StepKind("extended", "the term was lengthened, with reasons", day="may", extends="rule"),
        StepKind(
            "extended_with_consent",
            "the term was lengthened further, to which the client agreed in writing (Awb 9:11(3))",
            day="must",
            extends="consent",
        ),
        StepKind(
            "outcome_sent", "the outcome was sent in writing, with reasons and measures", status="resolved"
        ),
        StepKind("refused", "the complaint is not taken up, with reasons (Awb 9:8)", status="refused"),
        StepKind("referred", "the complaint went on to the next rung"),
        StepKind(
            "committee_advises", "a complaints committee advises on it (Awb 9:14)", status="in_progress"
        ),
        StepKind("form_sent", "the client sent the commission's form", by="client"),
        StepKind("commission_decided", "the commission gave its decision", by="commission"),
        StepKind("opinion_received", "the organisation received the commission's opinion", by="commission"),
        StepKind("opinion_answered", "the organisation answered that opinion, with the measures it takes"),
        StepKind("measure_ended", "the measure complained of no longer applies (Wzd 56)"),
        StepKind("court_asked", "the client went to court", by="client"),
        StepKind("dispute_filed", "the client filed a dispute", by="client"),
        StepKind("dispute_decided", "the disputes body ruled", by="commission"),
        StepKind("decision_announced", "a decision was announced that can be objected to"),
        StepKind("objection_filed", "the client objected to a decision", by="client"),
        StepKind("ombudsman_asked", "the client went to the ombudsman", by="client"),
        StepKind("access_asked", "the client asked to see the dossier (AVG 15)", by="client"),
        StepKind("copy_given", "the client read the dossier or received a copy"),
        StepKind("access_refused", "the client does not see the dossier, with reasons (AVG 12(4))"),
        StepKind("consent_noted", "the client agreed to something: to what, how and when"),
        StepKind("consent_withdrawn", "the client takes back what they agreed to"),
        StepKind(
            "withdrawal_asked", "the client said they want to withdraw: nothing stops by it", by="client"
        ),
        StepKind(
            "withdrawal_confirmed",
            "a person checked with the client that it is withdrawn, and confirmed that in writing",
            closes=True,
            status="withdrawn",
        ),
        StepKind("closed", "the case was closed", closes=True, status="closed"),
        StepKind("destroyed", "the dossier was destroyed", by="clock"),
        StepKind("quarter_end", "a quarter ended: reports are due", by="clock"),
        StepKind("year_end", "a calendar year ended: reports and the evaluation are due", by="clock"),
        StepKind("report_sent", "a periodical report was sent"),
        StepKind("evaluation_held", "the complaints of a year were evaluated"),
    )
}
"""Every step, by id, in the order in which a case mostly goes."""
