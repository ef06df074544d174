"""The conversations, one line each. A label is a line in the menu, in this order; `more` one in the second menu."""

from __future__ import annotations

from datetime import timedelta

from bot.conversation import Conversation
from handlers.about import about
from handlers.absent import absent
from handlers.agreement import agreement_copy, sign, sign_name
from handlers.callme import callme
from handlers.collect import collect, early, late, medicine
from handlers.complaint import complaint
from handlers.consent import consent
from handlers.data import data, data_request
from handlers.event import event, event_place, event_reminder
from handlers.idea import idea
from handlers.join import join, welcome
from handlers.language import language
from handlers.learn import learn
from handlers.learn import phrases as asked_words
from handlers.learning import daily_idea, learning_fact, learning_growth, learning_tip
from handlers.menu import back, menu, more
from handlers.notice import notice
from handlers.pause import pause
from handlers.policy import NAMES, phrases, policy, policy_changed, policy_check, policy_sign, policy_told
from handlers.progress import progress, progress_snippet
from handlers.query import query, query_answer
from handlers.questionnaire import LASTS, questionnaire, questionnaire_reminder, survey
from handlers.settings import settings, settings_rest
from handlers.share import observation_thanked, share
from handlers.stop import start, stop
from handlers.suggest import suggest, suggestion_decided, thanks
from handlers.topics import topics
from handlers.unsure import unsure
from handlers.who import ofsted, send, who
from locales import N_, W_

CONVERSATIONS: list[Conversation] = [
    Conversation("absent", absent, W_("ABSENT, AWAY, ILL, SICK, NOT COMING"), N_("Child away")),
    Conversation("query", query, W_("ASK, QUESTION, QUERY"), N_("Ask a question")),
    Conversation("idea", idea, W_("IDEA, IDEAS, ACTIVITY"), N_("An idea for home")),
    Conversation("progress", progress, W_("PROGRESS, HOW IS MY CHILD"), N_("How my child is doing")),
    Conversation("event", event, W_("EVENTS, EVENT, WHAT IS ON, CALENDAR"), N_("What is on")),
    Conversation("complaint", complaint, W_("COMPLAIN, COMPLAINT, COMPLAINTS"), N_("Complain")),
    Conversation("callme", callme, W_("CALLME, CALL ME, TALK TO A PERSON, PERSON, RING ME"), N_("Talk to a person")),
    Conversation("language", language, W_("LANGUAGE, LANGUAGES"), N_("Language"), open_to_strangers=True),
    Conversation("more", more, W_("MORE, MORE OPTIONS"), N_("More")),
    Conversation("survey", survey, W_("SURVEY, SURVEYS, QUESTIONNAIRE")),
    Conversation("back", back, W_("BACK, GO BACK, PREVIOUS")),
    Conversation("daily_idea", daily_idea),
    Conversation("event_place", event_place),
    Conversation("event_reminder", event_reminder),
    Conversation("join", join, W_("JOIN"), open_to_strangers=True),
    Conversation("learning_fact", learning_fact),
    Conversation("learning_growth", learning_growth, lasts=timedelta(days=2)),
    Conversation("learning_tip", learning_tip),
    Conversation("menu", menu, W_("MENU, OPTIONS, HELP, INFO"), open_to_strangers=True),
    Conversation("notice", notice, lasts=timedelta(days=3)),
    Conversation("progress_snippet", progress_snippet),
    Conversation("query_answer", query_answer, lasts=timedelta(days=14)),
    Conversation("questionnaire", questionnaire, lasts=LASTS),
    Conversation("questionnaire_reminder", questionnaire_reminder),
    Conversation("start", start, W_("START, UNSTOP"), open_to_strangers=True),
    Conversation(
        "stop", stop, W_("STOP, STOPALL, UNSUBSCRIBE, CANCEL, END, QUIT, REVOKE, OPTOUT"), open_to_strangers=True
    ),
    Conversation("late", late, W_("LATE, RUNNING LATE, DELAYED"), more=N_("Running late")),
    Conversation("early", early, W_("EARLY, COLLECT EARLY"), more=N_("Collect early")),
    Conversation("collect", collect, W_("COLLECT, COLLECTION, PICK UP"), more=N_("Someone else collects")),
    Conversation("medicine", medicine, W_("MEDICINE, MEDICINES, MEDICATION, CALPOL, INHALER"), more=N_("Medicine")),
    Conversation("share", share, W_("SHARE, SHARING"), more=N_("Share from home")),
    Conversation("settings", settings, W_("SETTINGS, SETTING, PREFERENCES"), more=N_("What works for me"), lasts=LASTS),
    Conversation("settings_rest", settings_rest, lasts=LASTS),
    Conversation("topics", topics, W_("TOPICS, TOPIC, STOP IDEAS, STOP NOTICES"), more=N_("Kinds of message")),
    Conversation("pause", pause, W_("PAUSE, PAUSE MESSAGES, UNPAUSE"), more=N_("Pause messages")),
    Conversation("policy", policy, NAMES, more=N_("Our policies"), phrases=phrases),
    Conversation("policy_changed", policy_changed, lasts=LASTS),
    Conversation("policy_check", policy_check),
    Conversation("policy_sign", policy_sign, lasts=LASTS),
    Conversation("policy_told", policy_told),
    Conversation("who", who, W_("WHO, WHO IS WHO, STAFF, KEY PERSON"), more=N_("Who is who")),
    Conversation("ofsted", ofsted, W_("OFSTED, INSPECTION")),
    Conversation("send", send, W_("SEND, SPECIAL NEEDS, EXTRA HELP")),
    Conversation("data", data, W_("DATA, MY DATA, PRIVACY"), more=N_("What we hold about you")),
    Conversation("data_request", data_request),
    Conversation("sign", sign, W_("SIGN, AGREEMENT"), more=N_("Our agreement"), lasts=LASTS),
    Conversation("sign_name", sign_name, lasts=LASTS),
    Conversation("agreement_copy", agreement_copy),
    Conversation("consent", consent, W_("CONSENT, CONSENTS, PERMISSION"), more=N_("What I agree to")),
    Conversation("suggest", suggest, W_("SUGGEST, SUGGESTION, SUGGESTIONS"), more=N_("Suggest something")),
    Conversation("suggestion_decided", suggestion_decided),
    Conversation("thanks", thanks, W_("SAY THANKS, COMPLIMENT, PRAISE, WELL DONE"), more=N_("Thank someone")),
    Conversation("observation_thanked", observation_thanked),
    Conversation("about", about, W_("ABOUT, ABOUT ME, ALL ABOUT ME"), more=N_("All about my child")),
    Conversation("learn", learn, W_("LEARN, LESSON, LESSONS"), more=N_("Learn about the EYFS"), phrases=asked_words),
    Conversation("unsure", unsure),
    Conversation("welcome", welcome),
]
