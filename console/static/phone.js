// The page as a telephone: it posts what is typed to the hook, and shows the thread that the database tells.

const $ = (id) => document.getElementById(id);
const say = document.body.dataset;
const thread = $("thread");
const field = $("words");
const people = [...document.querySelectorAll("[data-who]")];

let person, told; // whose phone this is now, and the thread as the database last told it
let pending = []; // what was said here and is not in the database yet
let listening = false;

const make = (tag, properties = {}, ...children) => {
  const one = Object.assign(document.createElement(tag), properties);
  one.append(...children);
  return one;
};
const post = (path, key, body) => fetch(path, { method: "POST", headers: { "x-phone-key": key }, body: JSON.stringify(body) });

function show(who) {
  for (const one of people) {
    if (one.dataset.who !== who) one.removeAttribute("aria-current");
    else one.setAttribute("aria-current", "true");
  }
  [person, told] = [people.find((one) => one.dataset.who === who).dataset, null];
  $("phone").dataset.skin = $("switches").dataset.skin = person.channel;
  $("whose").textContent = person.title;
  $("how").textContent = person.how;
  $("messages").replaceChildren();
  write("");
  history.replaceState(null, "", `?who=${who}`);
  return load();
}

async function load() {
  const { who } = person;
  try {
    const answer = await fetch(`/phone/thread?who=${who}&after=${told?.version ?? ""}`);
    const now = await answer.json();
    if (who !== person.who) return;
    const first = !told;
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
  Object.assign(field, { lang: told.language, placeholder: told.placeholder });
  for (const name of ["off", "blocked"]) $(name).checked = told[name];
  if (first || told.off || told.blocked || [say.off, say.blocked].includes($("fact").textContent)) explain();
  offer(told.tries);
  const arrived = new Set(told.items.map((item) => item.id));
  pending = pending.filter((one) => !arrived.has(one.id));
  const items = [...told.items, ...pending.filter((one) => one.who === person.who)];
  const near = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 160;
  if ((place(items, first) && (near || items.at(-1).mine)) || first) follow();
  $("empty").hidden = items.length > 0;
}

// To the last message; to its beginning where it is longer than the screen.
function follow() {
  const over = ($("messages").lastElementChild?.offsetHeight ?? 0) + 24 - thread.clientHeight;
  thread.scrollTop = thread.scrollHeight - thread.clientHeight - Math.max(0, over);
}

// Puts the messages in their order, keeping every row that is there already. Says whether any is new.
function place(items, first) {
  const kept = new Map([...$("messages").children].map((row) => [row.dataset.id, row]));
  const rows = [];
  let day = "";
  for (const item of items) {
    if (item.day && item.day !== day) rows.push(kept.get(item.day) ?? divider(item.day));
    day = item.day ?? day;
    const known = kept.get(item.id);
    rows.push(update(known?.dataset.made === making(item) ? known : build(item), item));
    if (!known && !first && !item.mine) announce(item);
  }
  const list = $("messages");
  rows.forEach((row, at) => list.children[at] !== row && list.insertBefore(row, list.children[at] ?? null));
  while (list.children.length > rows.length) list.lastChild.remove();
  return rows.some((row) => !kept.has(row.dataset.id));
}

const making = (item) => JSON.stringify([item.text, item.pictures, item.voice, item.choices?.map((one) => one.tapped)]);

function divider(day) {
  const row = make("li", { className: "day", textContent: day, lang: told.language });
  row.dataset.id = day;
  return row;
}

function build(item) {
  const spoken = item.language ? { lang: item.language, dir: item.dir } : { dir: "auto" };
  const bubble = make("div", { className: "bubble" });
  for (const picture of item.pictures ?? []) {
    bubble.append(make("img", { src: picture.src, alt: `${say.photo} ${picture.alt}`, onload: follow }));
  }
  if (item.voice) bubble.append(make("audio", { src: item.voice, controls: true, preload: "none", ariaLabel: say.voice }));
  if (item.text) bubble.append(make("p", { className: "text", ...spoken }, ...(item.mine ? [item.text] : linked(item.text))));
  bubble.append(make("div", { className: "meta" }, make("time"), $("tick").content.cloneNode(true)));
  const row = make("li", { className: item.mine ? "message mine" : "message" }, bubble);
  if (item.choices) row.append(buttons(item, spoken));
  row.append(make("p", { className: "cost", dir: "auto" }), make("p", { className: "fate", dir: "auto" }));
  Object.assign(row.dataset, { id: item.id, made: making(item) });
  return row;
}

// A link in what we send can be opened, as on a phone.
const linked = (text) => text.split(/(https?:\/\/\S+)/).map((part, at) => (at % 2 ? make("a", { href: part, target: "_blank", rel: "noopener", textContent: part }) : part));

function buttons(item, spoken) {
  const box = make("div", { className: item.choices.every(({ label }) => [...label].length <= 12) ? "choices paired" : "choices", ...spoken });
  for (const choice of item.choices) {
    box.append(make("button", { type: "button", textContent: choice.label, onclick: (event) => tap(choice, box, event.detail === 0) }));
  }
  return box;
}

function update(row, item) {
  Object.assign(row.querySelector("time"), { textContent: item.time ?? "", dateTime: item.at ?? "" });
  const tick = row.querySelector(".tick");
  if (tick.dataset.state !== item.state) requestAnimationFrame(() => (tick.dataset.state = item.state));
  tick.setAttribute("aria-label", item.stateWords);
  row.classList.toggle("waiting", !item.mine && item.state === "sent" && told.off);
  for (const [name, text] of [["cost", item.cost], ["fate", ["failed", "unknown"].includes(item.state) ? item.stateWords : ""]]) {
    Object.assign(row.querySelector(`.${name}`), { textContent: text ?? "", hidden: !text });
  }
  row.querySelectorAll(".choices button").forEach((button, at) => {
    const { label, chosen } = item.choices[at];
    button.disabled = !item.open;
    button.classList.toggle("chosen", chosen);
    if (chosen) button.setAttribute("aria-label", `${label}, ${say.chosen}`);
  });
  return row;
}

function announce(item) {
  const words = [`${say.setting}:`, item.text, ...(item.choices ?? []).map((one) => one.label)].join(" ");
  Object.assign($("said"), { lang: item.language, dir: item.dir, textContent: words });
}

function offer(tries) {
  if ($("tries").dataset.made === JSON.stringify([tries, told.language])) return;
  $("tries").dataset.made = JSON.stringify([tries, told.language]);
  $("tries").replaceChildren(...tries.map(({ words, gloss }) => {
    const word = make("strong", { textContent: words, lang: told.language, dir: told.dir });
    return make("li", {}, make("button", { type: "button", onclick: () => speak({ text: words }) }, word, make("small", { textContent: gloss })));
  }));
}

function explain() {
  tell(told?.blocked ? say.blocked : told?.off ? say.off : "");
  document.querySelectorAll(".send, #photo, #tries button").forEach((one) => (one.disabled = Boolean(told?.blocked)));
}

function tell(sentence) {
  Object.assign($("fact"), { textContent: sentence, hidden: !sentence });
}

async function speak(said) {
  const { who, channel, key, address } = person;
  const item = { id: crypto.randomUUID(), who, mine: true, text: said.text ?? "", state: "due", stateWords: say.sending };
  if (!said.tapped) pending.push(item);
  if (told) render(false);
  for (const wait of [0, 400, 1500, 4000]) {
    await new Promise((done) => setTimeout(done, wait));
    try {
      if ((await post(`/hooks/${channel}`, key, { id: item.id, address, ...said })).ok) return load();
      break; // refused; where there was no answer it is sent again, and its id makes it count once
    } catch {
      tell(say.lost);
    }
  }
  Object.assign(item, { state: "failed", stateWords: say.notSent });
  return load();
}

function tap(choice, box, byKeyboard) {
  for (const button of box.children) button.disabled = true;
  if (byKeyboard) field.focus();
  speak({ tapped: choice.tapped, tap_ref: choice.tapped });
}

function write(words) {
  field.value = words;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
}

function attach() {
  const [file] = $("photo").files;
  const reader = new FileReader();
  reader.onload = () => {
    speak({ text: field.value.trim(), attachment: { kind: "photo", mime: file.type, name: file.name, data: reader.result.split(",")[1] } });
    write("");
  };
  if (file && !file.type.startsWith("image/")) tell(say.notAPhoto);
  else if (file && file.size > Number(say.mostBytes)) tell(say.tooLarge);
  else if (file) reader.readAsDataURL(file);
  $("photo").value = "";
}

async function turn() {
  await post("/phone/switch", person.key, { who: person.who, off: $("off").checked, blocked: $("blocked").checked }).catch(() => tell(say.lost));
  return load();
}

// Which threads have news: the one shown is up to date, the others get a dot.
function mind(pulse) {
  for (const one of people) {
    const name = `seen ${one.dataset.who}`;
    const count = pulse[one.dataset.who]?.[1] ?? 0;
    if (one.dataset.who === person.who || !sessionStorage.getItem(name)) sessionStorage.setItem(name, count);
    one.querySelector(".dot").hidden = count <= Number(sessionStorage.getItem(name));
  }
}

function listen() {
  const events = new EventSource("/phone/events");
  events.onopen = events.onerror = ({ type }) => (listening = type === "open");
  events.onmessage = (event) => {
    const pulse = JSON.parse(event.data);
    if (told && pulse[person.who][0] !== told.pulse[person.who][0]) load();
    mind(pulse);
  };
  setInterval(() => listening || load(), 1000);
}

$("composer").onsubmit = (event) => {
  event.preventDefault();
  const text = field.value.trim();
  if (!text || told?.blocked) return;
  write("");
  speak({ text });
};
field.onkeydown = (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) $("composer").onsubmit(event);
};
field.oninput = () => write(field.value);
$("photo").onchange = attach;
$("off").onchange = $("blocked").onchange = turn;
for (const one of people) {
  one.onclick = async () => {
    await show(one.dataset.who);
    if (matchMedia("(max-width: 980px)").matches) $("whose").scrollIntoView({ block: "start" });
  };
}
show(say.shown).then(listen);
