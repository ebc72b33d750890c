"""The report goes out, the desk answers, and it comes back."""

from __future__ import annotations

from weerklank_web.answers.actions import desk
from weerklank_web.answers.actions.desk_link import make_desk_link
from weerklank_web.answers.models import Commitment, CommitmentState, DeskLink
from weerklank_web.answers.rules import CommitmentRow, Drafted
from weerklank_web.demo.records.answer import Answer
from weerklank_web.demo.story import Story
from weerklank_web.gatherings.actions.gathering import move_to_step
from weerklank_web.gatherings.gates import Participant
from weerklank_web.groundwork import links
from weerklank_web.practices.actions import add_step
from weerklank_web.reports.actions.report import ask_for_report, make_report, share_report

__all__ = ["answer", "bring_back", "offer", "plan_next_steps"]


def offer(story: Story) -> None:
    """The report is made and offered; the recipient gets a desk."""
    with story.on(story.content.gathering.timing.report_offered_day, 10):
        report = make_report(ask_for_report(story.gathering, by=story.organiser).id)
        if report.trouble:
            raise RuntimeError(f"the demonstration's own report was refused: {report.trouble}")
        recipient = story.content.gathering.recipient
        by = str(story.organiser)
        made = make_desk_link(
            story.gathering, holder=recipient.name, email=recipient.mail, may_release=True, by=by
        )
        story.desk_secret = made.secret
        for aide in recipient.aides:
            make_desk_link(story.gathering, holder=aide.name, email=aide.mail, may_release=False, by=by)
        share_report(report, by=story.organiser)
        move_to_step(story.gathering, "answer", by=story.organiser)
        story.gathering.refresh_from_db()


def answer(story: Story) -> None:
    """Aides prepare six answers and a word to everybody; the recipient releases all at once. Two stay silent."""
    script = story.content.answers
    with story.on(script.released_day - 3, 15):
        for each in script.answers:
            _draft(story, each)
        film = Drafted(
            to_everybody=True,
            reason=script.film.title,
            film_link=script.film.link,
            transcript=script.film.transcript.strip(),
        )
        desk.save_draft(story.gathering, None, film, seen=0, by=_desk(story))
    with story.on(script.released_day, 11):
        desk.release_answers(story.gathering, by=_desk(story))


def _draft(story: Story, script: Answer) -> None:
    due = None if script.due_day is None else story.moment(script.due_day).date()
    rows: list[CommitmentRow] = [
        {"text": each.text, "owner": each.owner, "due": story.moment(each.due_day).date().isoformat()}
        for each in story.content.answers.commitments
        if each.message == script.message
    ]
    words = Drafted(
        to_everybody=False,
        kind=script.kind,
        reason=script.reason,
        owner=script.owner,
        due=due,
        commitments=rows,
    )
    holder = DeskLink.objects.get(gathering=story.gathering, holder=script.drafted_by)
    desk.save_draft(story.gathering, story.messages[script.message], words, seen=0, by=holder)


def bring_back(story: Story) -> None:
    """It goes back to whoever said it; one commitment is done, another is late."""
    with story.on(story.content.answers.released_day + 1, 9):
        move_to_step(story.gathering, "return", by=story.organiser)
    for script in story.content.answers.commitments:
        if script.done_day is not None:
            with story.on(script.done_day, 10):
                commitment = Commitment.objects.select_related("answer__gathering").get(
                    answer__gathering=story.gathering, text=script.text
                )
                desk.report_commitment(
                    commitment, text=script.report, state=CommitmentState.DONE, by=_desk(story)
                )


def plan_next_steps(story: Story) -> None:
    """One participant's private sheet (T9)."""
    script = story.content.next_steps
    visitor = Participant(
        registration=story.registration(script.participant), secret=story.people[script.participant].secret
    )
    with story.on(story.content.answers.released_day + 2, 12):
        for step in script.steps:
            add_step(visitor, when=step.when, then=step.then)


def _desk(story: Story) -> DeskLink:
    return DeskLink.objects.get(gathering=story.gathering, fingerprint=links.fingerprint(story.desk_secret))
