// Small helps. Every page works without them.
"use strict";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// "/" goes to the search, Escape closes what is open, g and a letter goes to an entry of the rail.
let gone = 0;
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    for (const menu of all("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    return;
  }
  if (event.target.matches("input, textarea, select, [contenteditable]")) return;
  if (event.key === "/") {
    const field = document.querySelector("[data-first-search]") ?? document.getElementById("search");
    if (field) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  } else if (event.key === "g") {
    gone = event.timeStamp;
  } else if (gone && event.timeStamp - gone < 1000) {
    gone = 0;
    const entry = all("#rail a").find((a) => a.textContent.trim().toLowerCase().startsWith(event.key));
    if (entry) entry.click();
  } else if ((event.key === "j" || event.key === "k") && rows().length) {
    step(event.key === "j" ? 1 : -1);
  }
});

// j and k go down and up a list.
function rows() {
  return all("main tbody th a, main .entries .what > a, main .op > summary").filter((a) => a.offsetParent);
}
function step(by) {
  const list = rows();
  const at = list.indexOf(document.activeElement);
  const next = list[at < 0 ? (by > 0 ? 0 : list.length - 1) : at + by];
  if (next) next.focus();
}

// A menu closes when something else is clicked or focused.
for (const name of ["click", "focusin"]) {
  document.addEventListener(name, (event) => {
    for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
}

// Dates in the reader's zone; the relative form stays true while the page is open.
const STEPS = [[60, "second"], [60, "minute"], [24, "hour"], [14, "day"]];
const words = new Intl.RelativeTimeFormat("en", { numeric: "always" });
function relative(date) {
  let amount = (date - Date.now()) / 1000;
  if (Math.abs(amount) < 45) return amount <= 0 ? "just now" : "in a moment";
  for (const [size, unit] of STEPS) {
    if (Math.abs(amount) < size) return words.format(Math.round(amount), unit);
    amount /= size;
  }
  return null;
}
function dates(root = document) {
  for (const time of all("time[data-relative]", root)) {
    const date = new Date(time.dateTime);
    time.title = date.toLocaleString(undefined, { dateStyle: "full", timeStyle: "long" });
    const text = relative(date);
    if (text) time.textContent = text;
  }
}
dates();
setInterval(dates, 30000);

// What scrolls sideways can be reached by the keyboard, and says what it is.
let scrollers = 0;
function reachable(root = document) {
  for (const box of all(".table, pre", root)) {
    if (box.scrollWidth <= box.clientWidth && box.scrollHeight <= box.clientHeight) continue;
    const words = box.querySelector("caption")?.textContent ?? box.parentElement.querySelector("figcaption")?.textContent;
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", `${(words ?? "Text").trim()} (${++scrollers}, scrolls)`);
  }
}
reachable();
document.addEventListener("toggle", (event) => event.target.open && reachable(event.target), true);

// Copying.
for (const button of all("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.previousElementSibling.textContent);
    const word = button.textContent;
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = word), 2000);
  });
}

// Forms that need no button: a choice is sent at once.
for (const select of all("select[data-go]")) select.addEventListener("change", () => select.form.requestSubmit());

// Operations of a large contract are fetched when they are opened.
async function load(details) {
  const body = details.querySelector(":scope > .body[data-from]");
  if (!body) return;
  const from = body.dataset.from;
  delete body.dataset.from;
  try {
    const answer = await fetch(from, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const part = page.querySelector(".one-op");
    if (!part) throw new Error("no such part");
    body.replaceChildren(...part.childNodes);
    dates(body);
    reachable(body);
  } catch {
    body.dataset.from = from;
    body.textContent = "This could not be loaded. Close and open it to try again.";
  }
}
for (const details of all("details.op")) {
  details.addEventListener("toggle", () => details.open && load(details));
  if (details.open) load(details);
}

// What the address names is opened.
function reveal() {
  const named = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named instanceof HTMLDetailsElement) {
    named.open = true;
    named.scrollIntoView();
  }
}
addEventListener("hashchange", reveal);
reveal();

// Searching a contract as one types.
for (const field of all("input[data-filter]")) {
  const said = document.getElementById(field.dataset.filter);
  field.addEventListener("input", () => {
    const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const group of all("[data-group]")) {
      let any = false;
      for (const entry of all("[data-found-by]", group)) {
        const fits = wanted.every((word) => entry.dataset.foundBy.includes(word));
        entry.hidden = !fits;
        if (fits) (any = true), shown++;
      }
      group.hidden = !any;
    }
    if (said) said.textContent = `${shown} shown`;
  });
}

// What went wrong is where the reader is.
document.getElementById("problem-summary")?.focus();
