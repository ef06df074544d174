"""The conversations, one line each. A label is a line in the menu, in this order; `more` one in the second menu."""

from __future__ import annotations

from datetime import timedelta

from bot.conversation import Conversation
from handlers.about import about
from handlers.absent import absent, absent_corrected
from handlers.address import address
from handlers.agreement import agreement_copy, sign, sign_name
from handlers.beginning import first_step
from handlers.booked import booking_offer, booking_reminder
from handlers.booking import book, book_new
from handlers.booking_times import book_ask, book_needs, book_time
from handlers.callme import callme
from handlers.collect import collect, early, late, medicine
from handlers.complaint import complaint
from handlers.consent import consent, consent_asked, consent_each
from handlers.course import course, course_told
from handlers.data import data, data_request
from handlers.event import event, event_cancelled, event_place, event_reminder, event_wishes
from handlers.hours import hours
from handlers.idea import idea
from handlers.join import join, welcome
from handlers.language import language, language_named
from handlers.language import names as languages
from handlers.learn import learn
from handlers.learn import phrases as asked_words
from handlers.learning import daily_idea, idea_asked, learning_fact, learning_growth, learning_tip
from handlers.menu import back, menu, more
from handlers.notice import notice
from handlers.offer import offer, offer_asked, offer_thanked
from handlers.original import original
from handlers.outcome import complaint_opened, complaint_outcome, complaint_ready
from handlers.pause import pause
from handlers.policy import policy, policy_check, policy_told
from handlers.policy_change import policy_changed, policy_sign
from handlers.policy_words import NAMES, phrases
from handlers.poll import meeting_poll, meeting_time
from handlers.profile import profile
from handlers.progress import progress, progress_snippet
from handlers.query import query, query_answer
from handlers.questionnaire import LASTS, questionnaire, questionnaire_learned, questionnaire_reminder, survey
from handlers.record import record
from handlers.services import service, service_help
from handlers.settings import settings, settings_rest
from handlers.settling import settling_note
from handlers.share import observation_thanked, share
from handlers.still_right import still_right
from handlers.stop import start, stop
from handlers.suggest import suggest, suggestion_decided, thanks
from handlers.target import target_asked, target_set
from handlers.topic_words import phrases as topics_named
from handlers.topics import topics
from handlers.two_year import two_year_ready, two_year_view
from handlers.unsure import unsure
from handlers.voice_note import voice_note
from handlers.who import ofsted, send, who
from locales import N_, W_

CONVERSATIONS: list[Conversation] = [
    Conversation(
        "absent", absent, W_("ABSENT, AWAY, ILL, SICK, NOT COMING"), N_("Child away"), group="day", personal=True
    ),
    Conversation("query", query, W_("ASK, QUESTION, QUERY"), N_("Ask a question"), group="voice", personal=True),
    Conversation("idea", idea, W_("IDEA, IDEAS, ACTIVITY"), N_("An idea for home"), group="learning", of_children=True),
    Conversation(
        "progress",
        progress,
        W_("PROGRESS, HOW IS MY CHILD"),
        N_("How my child is doing"),
        group="child",
        of_children=True,
    ),
    Conversation(
        "event", event, W_("EVENTS, EVENT, WHAT IS ON, CALENDAR"), N_("What is on"), group="setting", personal=True
    ),
    Conversation(
        "complaint", complaint, W_("COMPLAIN, COMPLAINT, COMPLAINTS"), N_("Complain"), group="voice", personal=True
    ),
    Conversation(
        "callme",
        callme,
        W_("CALLME, CALL ME, TALK TO A PERSON, PERSON, RING ME"),
        N_("Talk to a person"),
        group="voice",
        personal=True,
    ),
    Conversation(
        "language",
        language,
        W_("LANGUAGE, LANGUAGES"),
        N_("Language"),
        open_to_strangers=True,
        group="me",
        personal=True,
    ),
    Conversation("language_named", language_named, open_to_strangers=True, names=languages()),
    Conversation("more", more, W_("MORE, MORE OPTIONS"), N_("More")),
    Conversation("survey", survey, W_("SURVEY, SURVEYS, QUESTIONNAIRE"), personal=True),
    Conversation("absent_corrected", absent_corrected, personal=True),
    Conversation("address", address),
    Conversation("back", back, W_("BACK, GO BACK, PREVIOUS")),
    Conversation("daily_idea", daily_idea, of_children=True),
    Conversation("event_cancelled", event_cancelled),
    Conversation("event_place", event_place),
    Conversation("idea_asked", idea_asked, lasts=timedelta(days=2)),
    Conversation("event_reminder", event_reminder, lasts=timedelta(days=2)),
    Conversation("event_wishes", event_wishes, lasts=timedelta(days=2), personal=True),
    Conversation("join", join, W_("JOIN"), open_to_strangers=True),
    Conversation("learning_fact", learning_fact, of_children=True),
    Conversation("learning_growth", learning_growth, lasts=timedelta(days=2), of_children=True),
    Conversation("learning_tip", learning_tip, of_children=True),
    Conversation("menu", menu, W_("MENU, OPTIONS, HELP, INFO"), open_to_strangers=True),
    Conversation("notice", notice, lasts=timedelta(days=3)),
    Conversation("original", original, W_("ORIGINAL"), personal=True),
    Conversation("progress_snippet", progress_snippet),
    Conversation("query_answer", query_answer, lasts=timedelta(days=14), personal=True),
    Conversation("questionnaire", questionnaire, lasts=LASTS, personal=True, private=True),
    Conversation("questionnaire_learned", questionnaire_learned),
    Conversation("questionnaire_reminder", questionnaire_reminder, personal=True),
    Conversation("start", start, W_("START, UNSTOP"), open_to_strangers=True),
    Conversation(
        "stop", stop, W_("STOP, STOPALL, UNSUBSCRIBE, CANCEL, END, QUIT, REVOKE, OPTOUT"), open_to_strangers=True
    ),
    Conversation("late", late, W_("LATE, RUNNING LATE, DELAYED"), more=N_("Running late"), group="day", personal=True),
    Conversation("early", early, W_("EARLY, COLLECT EARLY"), more=N_("Collect early"), group="day", personal=True),
    Conversation(
        "collect",
        collect,
        W_("COLLECT, COLLECTION, PICK UP"),
        more=N_("Someone else collects"),
        caution=N_("If somebody else is to collect, a text alone is not enough: we ring you first."),
        group="day",
        personal=True,
    ),
    Conversation(
        "medicine",
        medicine,
        W_("MEDICINE, MEDICINES, MEDICATION, CALPOL, INHALER"),
        more=N_("Medicine"),
        caution=N_("For medicine a text alone is not enough: it needs your signature on our form."),
        group="day",
        personal=True,
    ),
    Conversation("share", share, W_("SHARE, SHARING"), more=N_("Share from home"), group="child", personal=True),
    Conversation(
        "settings",
        settings,
        W_("SETTINGS, SETTING, PREFERENCES"),
        more=N_("What works for me"),
        lasts=LASTS,
        group="me",
        personal=True,
    ),
    Conversation(
        "profile",
        profile,
        W_("PROFILE, ABOUT US, OUR FAMILY"),
        more=N_("My family"),
        lasts=LASTS,
        group="me",
        personal=True,
    ),
    Conversation("settings_rest", settings_rest, lasts=LASTS, personal=True),
    Conversation(
        "topics",
        topics,
        W_("TOPICS, TOPIC, STOP IDEAS, STOP NOTICES"),
        more=N_("Kinds of message"),
        phrases=topics_named,
        group="me",
        personal=True,
    ),
    Conversation(
        "pause", pause, W_("PAUSE, PAUSE MESSAGES, UNPAUSE"), more=N_("Pause messages"), group="me", personal=True
    ),
    Conversation("policy", policy, NAMES, more=N_("Our policies"), phrases=phrases, group="setting"),
    Conversation("policy_changed", policy_changed, lasts=LASTS),
    Conversation("policy_check", policy_check),
    Conversation("policy_sign", policy_sign, lasts=LASTS, personal=True),
    Conversation("policy_told", policy_told),
    Conversation("who", who, W_("WHO, WHO IS WHO, STAFF, KEY PERSON"), more=N_("Who is who"), group="setting"),
    Conversation("ofsted", ofsted, W_("OFSTED, INSPECTION")),
    Conversation("send", send, W_("SEND, SPECIAL NEEDS, EXTRA HELP")),
    Conversation(
        "data", data, W_("DATA, MY DATA, PRIVACY"), more=N_("What we hold about you"), group="me", personal=True
    ),
    Conversation("data_request", data_request, personal=True),
    Conversation(
        "sign", sign, W_("SIGN, AGREEMENT"), more=N_("Our agreement"), lasts=LASTS, group="setting", personal=True
    ),
    Conversation("sign_name", sign_name, lasts=LASTS, personal=True),
    Conversation("agreement_copy", agreement_copy),
    Conversation(
        "consent",
        consent,
        W_("CONSENT, CONSENTS, PERMISSION"),
        more=N_("What I agree to"),
        group="child",
        personal=True,
    ),
    Conversation("consent_each", consent_each, lasts=LASTS, personal=True),
    Conversation("still_right", still_right, lasts=LASTS, personal=True),
    Conversation("first_step", first_step, lasts=LASTS, personal=True),
    Conversation(
        "suggest",
        suggest,
        W_("SUGGEST, SUGGESTION, SUGGESTIONS"),
        more=N_("Suggest something"),
        group="voice",
        personal=True,
    ),
    Conversation("complaint_outcome", complaint_outcome, lasts=timedelta(days=28), personal=True),
    Conversation("complaint_opened", complaint_opened),
    Conversation("complaint_ready", complaint_ready),
    Conversation(
        "record",
        record,
        W_("RECORD, RECORDS, MY RECORD, CHILD'S RECORD"),
        more=N_("My child's record"),
        group="child",
        personal=True,
    ),
    Conversation("suggestion_decided", suggestion_decided),
    Conversation(
        "thanks",
        thanks,
        W_("SAY THANKS, COMPLIMENT, PRAISE, WELL DONE"),
        more=N_("Thank someone"),
        group="voice",
        personal=True,
    ),
    Conversation("observation_thanked", observation_thanked),
    Conversation(
        "about", about, W_("ABOUT, ABOUT ME, ALL ABOUT ME"), more=N_("All about my child"), group="child", personal=True
    ),
    Conversation(
        "learn",
        learn,
        W_("LEARN, LESSON, LESSONS"),
        more=N_("Learn about the EYFS"),
        phrases=asked_words,
        group="learning",
    ),
    Conversation(
        "book",
        book,
        W_("BOOK, BOOKING, APPOINTMENT, APPOINTMENTS, MEETING"),
        more=N_("Book a time with us"),
        group="child",
        personal=True,
    ),
    Conversation("book_ask", book_ask, lasts=timedelta(days=3)),
    Conversation("book_needs", book_needs, lasts=timedelta(days=2), personal=True),
    Conversation("book_new", book_new),
    Conversation("book_time", book_time, lasts=timedelta(days=3)),
    Conversation("booking_offer", booking_offer),
    Conversation("booking_reminder", booking_reminder),
    Conversation("consent_asked", consent_asked, lasts=LASTS, personal=True),
    Conversation("meeting_poll", meeting_poll, lasts=LASTS, personal=True),
    Conversation("meeting_time", meeting_time),
    Conversation("settling_note", settling_note, lasts=timedelta(days=3)),
    Conversation("target_asked", target_asked, lasts=LASTS),
    Conversation("target_set", target_set),
    Conversation("two_year_ready", two_year_ready, lasts=LASTS),
    Conversation("two_year_view", two_year_view, lasts=LASTS, personal=True),
    Conversation(
        "course",
        course,
        W_("COURSES, COURSE, WORKSHOP, WORKSHOPS, VOLUNTEER"),
        more=N_("Courses and workshops"),
        group="learning",
        personal=True,
    ),
    Conversation("course_told", course_told, lasts=timedelta(days=3)),
    Conversation(
        "offer",
        offer,
        W_("OFFER, OFFERS, SKILLS, HELP OUT"),
        more=N_("Offer to help"),
        group="setting",
        personal=True,
    ),
    Conversation("offer_asked", offer_asked, lasts=timedelta(days=3)),
    Conversation("offer_thanked", offer_thanked),
    Conversation(
        "service",
        service,
        W_("SERVICES, SERVICE, LOCAL HELP, SUPPORT"),
        more=N_("Help near you"),
        group="setting",
        personal=True,
        private=True,
    ),
    Conversation("service_help", service_help, lasts=timedelta(days=3), private=True),
    Conversation(
        "hours",
        hours,
        W_("PROSPECTUS, WEBSITE, OPENING HOURS, OPENING TIMES, ABOUT THE NURSERY"),
        more=N_("Hours and website"),
        group="setting",
    ),
    Conversation("unsure", unsure),
    Conversation("voice_note", voice_note),
    Conversation("welcome", welcome),
]
