"""The tasks staff are given, each in one sentence: what happened and what to do. No words of parents, no names."""

from __future__ import annotations

from locales import N_
from locales.sentences import D_

TASKS: dict[str, str] = {
    D_("a guardian's time with the child ends"): N_(
        "A guardian's time with a child ends tomorrow. Check that it is right."
    ),
    D_("a phone that two guardians share: to confirm"): N_(
        "Two guardians have one number. Ask each, and confirm it or not."
    ),
    D_("agreement not clear"): N_("The agreement is not clear to a parent. Go through it together."),
    D_("agreement to countersign"): N_("A parent has signed the agreement. Sign beside them."),
    D_("an idea for a target"): N_("A parent would like another idea for the child's next step."),
    D_("another number in the office's list: has it changed?"): N_(
        "The list has another number. Ask if it has changed."
    ),
    D_("appointment to look at the record"): N_("A parent would like to look at the record with you. Offer a time."),
    D_("asks for a time"): N_("A parent asks for a time to talk. Offer one."),
    D_("answer not sent"): N_("An answer could not be sent. Ring the parent with it."),
    D_("booking given up"): N_("A parent has given up a booked time."),
    D_("booking called off, not told"): N_("A booking was called off and the parent could not be told. Ring them."),
    D_("broken message"): N_("A message could not be answered. Its words are kept below: read them and reply."),
    D_("call a parent"): N_("A parent asks you to ring."),
    D_("call about a notice"): N_("A parent asks you to ring about a notice."),
    D_("call about a target"): N_("A parent asks you to ring about the child's next step."),
    D_("call about settling in"): N_("A parent asks you to ring about settling in."),
    D_("call or doorstep"): N_("A parent has not answered an important notice. Ring, or speak to them at the door."),
    D_("check at two is due"): N_("A child is two: the progress check is due before the third birthday."),
    D_("check at two is still due"): N_("A child is two and a half: the progress check is still to be done."),
    D_("check by phone who collects"): N_(
        "Somebody else is to collect a child. Ring the parent and check before you agree."
    ),
    D_("check diet and allergies"): N_(
        "A parent wrote about food or allergies. Check it with them and with the kitchen."
    ),
    D_("code from another family's phone"): N_("A code was used from another family's phone. Ring and ask who has it."),
    D_("complaint"): N_("A complaint came in. It has been acknowledged. Write the outcome by its date."),
    D_("complaint about information"): N_(
        "A complaint about how you use information. Look into it now; it is due in 30 days."
    ),
    D_("complaint about information, to look at again"): N_(
        "A parent is not content with an outcome. Look at it again."
    ),
    D_("complaint about the manager"): N_("A complaint about the manager came in. Somebody else looks into it."),
    D_("complaint about the manager due soon"): N_("The outcome of a complaint is due within a week."),
    D_("complaint about the manager overdue"): N_("The outcome of a complaint is late."),
    D_("complaint about the manager, to look at again"): N_(
        "A parent is not content with an outcome. Look at it again."
    ),
    D_("complaint about the manager: outcome not sent"): N_("An outcome could not be sent. Give it in writing."),
    D_("complaint about the manager: outcome to give on paper"): N_(
        "A court's limit stands, so the outcome was not sent. Read it over, print it, and post it or ring."
    ),
    D_("complaint answered"): N_(
        "A parent wrote back about an outcome. Their words stand with the complaint. Read them."
    ),
    D_("complaint due soon"): N_("The outcome of a complaint is due within a week."),
    D_("complaint outcome not sent"): N_("An outcome could not be sent. Give it in writing."),
    D_("coming after all"): N_("A child you were told is away comes after all. Look at who is away."),
    D_("complaint outcome to give on paper"): N_(
        "A court's limit stands, so the outcome was not sent. Read it over, print it, and post it or ring."
    ),
    D_("complaint overdue"): N_("The outcome of a complaint is late. The family was promised it within 28 days."),
    D_("complaint, to look at again"): N_("A parent is not content with an outcome. Look at it again."),
    D_("a text to print"): N_(
        "A parent has asked for a text on paper. It waits in the print queue: print it and give it."
    ),
    D_("copy of the agreement to give"): N_("A copy of the signed agreement could not be sent. Give it on paper."),
    D_("copy of what we hold"): N_("A parent asks for a copy of what you hold about them. It is due in one month."),
    D_("correction of what we hold"): N_(
        "A parent says that something you hold is wrong. Put it right within one month."
    ),
    D_("course answered"): N_("A parent has answered about a course."),
    D_("decision not sent"): N_("A decision could not be sent. Tell the parent yourself."),
    D_("early to collect"): N_("A child is collected early today."),
    D_("guest to ring"): N_("A change of places at an event could not be sent. Ring the parent."),
    D_("family told"): N_("A parent has told you about the family. Read it before you next meet."),
    D_("file not fetched"): N_("A photo or voice note did not arrive here. Ask the parent to send it again."),
    D_("help to see the record"): N_("A parent could not show who they are to see the record. Ring them."),
    D_("interpreter for a booking"): N_("A parent needs an interpreter for a booked time."),
    D_("home observation to approve"): N_(
        "A parent has shared something from home. Read it, approve it, say something back."
    ),
    D_("job failed"): N_("A timed job failed. Ask whoever looks after this computer to read the log."),
    D_("late to bring"): N_("A child comes late today."),
    D_("late to collect"): N_("A parent is late to collect. Keep somebody with the child."),
    D_("medicine asked about"): N_("A parent asks about medicine. Ring them: it needs a form, signed in person."),
    D_("meeting time chosen"): N_("The time of a meeting is chosen. See who is still left out, and ring them."),
    D_("meeting time to choose"): N_("No time suited anybody. Choose another with the families."),
    D_("needs for a booking"): N_("A parent told you of a need for a booked time. See to it before the day."),
    D_("needs for an event"): N_("A parent told you of a need for an event. See to it before the day."),
    D_("notice not clear"): N_("A notice was not clear to a parent. Say it again in plainer words."),
    D_("offer accepted"): N_("A parent will help as you asked. Speak with them about the rest."),
    D_("offer declined"): N_("A parent can't help this time."),
    D_("offer made"): N_("A parent offers to help. See the list of offers."),
    D_("offer to talk about"): N_("A question about an offer could not be sent. Speak with the parent."),
    D_("parent's view for the check at two"): N_("A parent has told you their view for the check at two."),
    D_("perhaps not sent"): N_("A message may not have arrived. Ask the parent, or ring."),
    D_("policy not clear"): N_("A policy is not clear to a parent. Ring and explain it."),
    D_("query overdue"): N_("A question is past the day you promised to answer by."),
    D_("record a voice note"): N_(
        "A parent would rather listen than read. Record a voice note and send it: coatpeg voice-note."
    ),
    D_("safeguarding"): N_("A message for the safeguarding lead. Read it now."),
    D_("safeguarding: a held family to tell"): N_(
        "A family you hold said yes to something that has changed. Tell them yourself."
    ),
    D_("safeguarding not read"): N_("A safeguarding message was not read in 15 minutes. Read it now."),
    D_("sender stopped"): N_(
        "Messages have stopped: the provider refuses our account. Check the settings of the sender."
    ),
    D_("settling-in note to write"): N_(
        "A child is settling in and nothing was written today. Write a line for the family."
    ),
    D_("somebody hurt or very ill"): N_("A parent writes that somebody is hurt or very ill. Read it now, and ring."),
    D_("suggestion to decide"): N_("A parent suggests something. Decide, and say why."),
    D_("tell them that sharing has ended"): N_(
        "A parent has taken back an agreement to share. Tell those you shared with."
    ),
    D_("thanks to read out"): N_("A parent says thank you. Read it out."),
    D_("translation stopped"): N_(
        "The translation server refuses us. Parents get English. Tell whoever looks after Coatpeg."
    ),
    D_("unreached"): N_("A parent could not be reached. Ring, or speak to them at the door."),
    D_("written after a stop"): N_(
        "A parent has stopped our SMS and writes. No answer reaches them until they text START. Read it and ring."
    ),
}
"""By kind, as `nursery.tasks.raise_task` is given it; the command line shows the kind itself."""
