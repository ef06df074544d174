"use strict";
// The page as a telephone: it posts what is typed to the hook, and shows the thread that the database tells.

const $ = (id) => document.getElementById(id);
const say = document.body.dataset;
const phone = $("phone");
const thread = $("thread");
const messages = $("messages");
const field = $("words");
const people = [...document.querySelectorAll("[data-who]")];

let person = null;
let told = null;
let pending = [];
let listening = false;
const drafts = {};

const personCalled = (who) => people.find((one) => one.dataset.who === who);
const seen = (who) => Number(sessionStorage.getItem(`seen ${who}`) ?? -1);
const make = (tag, className = "", text = "") => Object.assign(document.createElement(tag), { className, textContent: text });

function show(who) {
  if (person) drafts[person.who] = field.value;
  person = personCalled(who).dataset;
  told = null;
  pending = pending.filter((one) => one.state !== "delivered");
  for (const one of people) one.toggleAttribute("aria-current", one.dataset.who === who);
  personCalled(who).setAttribute("aria-current", "true");
  phone.dataset.skin = person.channel;
  $("whose").textContent = person.title;
  $("how").textContent = person.how;
  messages.replaceChildren();
  $("empty").hidden = true;
  field.value = drafts[who] ?? "";
  grow();
  history.replaceState(null, "", `?who=${who}`);
  return load();
}

async function load() {
  const who = person.who;
  try {
    const answer = await fetch(`/phone/thread?who=${who}&after=${told?.version ?? ""}`);
    if (!answer.ok) throw new Error(answer.status);
    const now = await answer.json();
    if (who !== person.who) return;
    const first = told === null;
    told = { ...told, ...now };
    render(first);
    mind(told.pulse);
    if ($("fact").textContent === say.lost) explain();
  } catch {
    tell(say.lost);
  }
}

function render(first) {
  $("screen").dir = told.dir;
  field.lang = told.language;
  field.placeholder = told.placeholder;
  $("off").checked = told.off;
  $("blocked").checked = told.blocked;
  explain();
  offer(told.tries);
  const arrived = new Set(told.items.map((item) => item.id));
  pending = pending.filter((one) => !arrived.has(one.id));
  const items = [...told.items, ...pending.filter((one) => one.who === person.who)];
  const kept = new Map([...messages.children].map((one) => [one.dataset.id, one]));
  const near = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 160;
  let day = "";
  const rows = [];
  for (const item of items) {
    if (item.day && item.day !== day) rows.push(kept.get(item.day) ?? divider(item.day));
    day = item.day ?? day;
    const known = kept.get(item.id);
    rows.push(update(known?.dataset.made === making(item) ? known : build(item), item));
    if (!known && !first && !item.mine) announce(item);
  }
  const focused = document.activeElement;
  if (rows.length !== messages.children.length || rows.some((row, place) => row !== messages.children[place])) messages.replaceChildren(...rows);
  if (focused && messages.contains(focused)) focused.focus();
  $("empty").hidden = items.length > 0;
  if (first || near || items.at(-1)?.mine) thread.scrollTop = thread.scrollHeight;
}

const making = (item) => JSON.stringify([item.text, item.pictures, item.choices?.map((one) => one.label)]);

function divider(day) {
  const row = make("li", "day", day);
  row.dataset.id = day;
  row.lang = told.language;
  return row;
}

function build(item) {
  const row = make("li", item.mine ? "message mine" : "message");
  row.dataset.id = item.id;
  row.dataset.made = making(item);
  const bubble = make("div", "bubble");
  for (const picture of item.pictures ?? []) {
    const image = Object.assign(new Image(), { src: picture.src, alt: `${say.photo} ${picture.alt}` });
    image.addEventListener("load", () => (thread.scrollTop = thread.scrollHeight));
    bubble.append(image);
  }
  const text = make("p", "text", item.text);
  if (item.language) Object.assign(text, { lang: item.language, dir: item.dir });
  else text.dir = "auto";
  const meta = make("div", "meta");
  meta.append(make("time"), $("tick").content.cloneNode(true));
  bubble.append(...(item.text ? [text] : []), meta);
  row.append(bubble);
  if (item.choices) row.append(buttons(item));
  row.append(make("p", "cost"), make("p", "fate"));
  return row;
}

function buttons(item) {
  const box = make("div", item.choices.every((one) => [...one.label].length <= 12) ? "choices paired" : "choices");
  Object.assign(box, { lang: item.language, dir: item.dir });
  for (const choice of item.choices) {
    const button = Object.assign(make("button", "", choice.label), { type: "button" });
    button.addEventListener("click", (event) => tap(choice, box, event.detail === 0));
    box.append(button);
  }
  return box;
}

function update(row, item) {
  const time = row.querySelector("time");
  time.textContent = item.time ?? "";
  if (item.at) time.dateTime = item.at;
  const tick = row.querySelector(".tick");
  if (tick.dataset.state !== item.state) requestAnimationFrame(() => (tick.dataset.state = item.state));
  tick.setAttribute("aria-label", item.stateWords);
  row.classList.toggle("waiting", !item.mine && item.state === "sent" && told.off);
  row.querySelector(".cost").textContent = item.cost ?? "";
  row.querySelector(".fate").textContent = item.state === "failed" || item.state === "unknown" ? item.stateWords : "";
  for (const name of ["cost", "fate"]) row.querySelector(`.${name}`).hidden = !row.querySelector(`.${name}`).textContent;
  row.querySelectorAll(".choices button").forEach((button, place) => {
    button.disabled = !item.open;
    button.classList.toggle("chosen", item.choices[place].chosen);
    if (item.choices[place].chosen) button.setAttribute("aria-label", `${item.choices[place].label}, ${say.chosen}`);
  });
  return row;
}

function announce(item) {
  const choices = (item.choices ?? []).map((one) => one.label).join(", ");
  Object.assign($("said"), { lang: item.language, dir: item.dir, textContent: `${say.setting}: ${item.text} ${choices}` });
}

function offer(tries) {
  if ($("tries").dataset.made === JSON.stringify(tries)) return;
  $("tries").dataset.made = JSON.stringify(tries);
  $("tries").replaceChildren(...tries.map((one) => {
    const button = Object.assign(make("button"), { type: "button" });
    button.append(Object.assign(make("strong", "", one.words), { lang: told.language, dir: told.dir }), make("small", "", one.gloss));
    button.addEventListener("click", () => post({ text: one.words }));
    const row = make("li");
    row.append(button);
    return row;
  }));
}

function explain() {
  tell(told?.blocked ? say.blocked : told?.off ? say.off : "");
  document.querySelectorAll(".send, #photo, #tries button").forEach((one) => (one.disabled = Boolean(told?.blocked)));
}

function tell(sentence) {
  $("fact").textContent = sentence;
  $("fact").hidden = !sentence;
}

function post(said) {
  const item = { id: crypto.randomUUID(), who: person.who, mine: true, text: said.text ?? "", state: "due", stateWords: say.sending };
  if (!said.tapped) pending.push(item);
  if (told) render(false);
  return hand(item, { id: item.id, address: person.address, ...said }, person);
}

async function hand(item, body, { channel, key }) {
  for (const wait of [0, 400, 1500, 4000]) {
    await new Promise((done) => setTimeout(done, wait));
    try {
      const answer = await fetch(`/hooks/${channel}`, { method: "POST", headers: { "x-phone-key": key }, body: JSON.stringify(body) });
      if (answer.ok) return load();
      break;
    } catch {
      tell(say.lost);
    }
  }
  Object.assign(item, { state: "failed", stateWords: say.notSent });
  if (told) render(false);
}

function tap(choice, box, byKeyboard) {
  for (const button of box.children) button.disabled = true;
  if (byKeyboard) field.focus();
  post({ tapped: choice.tapped, tap_ref: choice.tapped });
}

function grow() {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
}

function attach() {
  const [file] = $("photo").files;
  $("photo").value = "";
  if (!file) return;
  if (!file.type.startsWith("image/")) return tell(say.notAPhoto);
  if (file.size > Number(say.mostBytes)) return tell(say.tooLarge);
  const reader = new FileReader();
  reader.addEventListener("load", () => {
    const attachment = { kind: "photo", mime: file.type, name: file.name, data: reader.result.split(",")[1] };
    post({ text: field.value.trim(), attachment });
    field.value = "";
    grow();
  });
  reader.readAsDataURL(file);
}

async function turn() {
  const body = JSON.stringify({ who: person.who, off: $("off").checked, blocked: $("blocked").checked });
  await fetch("/phone/switch", { method: "POST", headers: { "x-phone-key": person.key }, body }).catch(() => tell(say.lost));
  return load();
}

// Which threads have news: the one shown is read again, the others get a dot.
function mind(pulse) {
  for (const one of people) {
    const { who } = one.dataset;
    const [, count] = pulse[who] ?? ["", 0];
    if (who === person.who || seen(who) < 0) sessionStorage.setItem(`seen ${who}`, count);
    one.querySelector(".dot").hidden = count <= seen(who);
  }
}

function listen() {
  const events = new EventSource("/phone/events");
  events.addEventListener("open", () => (listening = true));
  events.addEventListener("error", () => (listening = false));
  events.addEventListener("message", (event) => {
    const pulse = JSON.parse(event.data);
    if (told && pulse[person.who][0] !== told.pulse[person.who][0]) load();
    mind(pulse);
  });
  setInterval(() => listening || load(), 1000);
}

$("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = field.value.trim();
  if (!text || told?.blocked) return;
  field.value = "";
  grow();
  post({ text });
  field.focus();
});
field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  $("composer").requestSubmit();
});
field.addEventListener("input", grow);
$("photo").addEventListener("change", attach);
for (const name of ["off", "blocked"]) $(name).addEventListener("change", turn);
for (const one of people) {
  one.addEventListener("click", async () => {
    await show(one.dataset.who);
    if (matchMedia("(max-width: 980px)").matches) $("whose").scrollIntoView({ block: "start" });
  });
}
show(say.shown).then(listen);
