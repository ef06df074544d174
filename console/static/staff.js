// Fetches the page again every two seconds and puts in what has changed.

const EVERY = 2000;

async function refresh() {
  try {
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const section of document.querySelectorAll("main section[id]")) {
      const now = fresh.getElementById(section.id);
      if (now && now.innerHTML !== section.innerHTML && !section.contains(document.activeElement)) {
        section.innerHTML = now.innerHTML;
      }
    }
  } catch {
    // The demo has stopped, or is starting again: the next round will tell.
  }
}

setInterval(() => document.hidden || refresh(), EVERY);
