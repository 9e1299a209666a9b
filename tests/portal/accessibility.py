"""What an accessibility checker looks for, asked of a page in a real browser.

Written here because the usual checker is a script from elsewhere: names of controls and pictures, labels,
order of headings, landmarks, captions, identifiers, and the contrast of every visible text as it is painted.
"""

from __future__ import annotations

from playwright.sync_api import Page

_SCRIPT = r"""
() => {
  const found = [];
  const say = (rule, element, more = "") => found.push(
    `${rule}: ${element.outerHTML.replace(/\s+/g, " ").slice(0, 140)} ${more}`);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const visible = (e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest(".unseen, .skip");
  const textOf = (ids) => ids.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? "").join(" ").trim();
  const name = (e) => (e.getAttribute("aria-label") ?? "").trim()
    || (e.hasAttribute("aria-labelledby") ? textOf(e.getAttribute("aria-labelledby")) : "")
    || (e.labels ? [...e.labels].map((l) => l.textContent).join(" ").trim() : "")
    || (e.textContent ?? "").trim()
    || all("[aria-label]", e).map((c) => c.getAttribute("aria-label")).join(" ").trim()
    || (e.getAttribute("alt") ?? "").trim();

  if (!document.documentElement.lang) found.push("the page has no language");
  if (!document.title.trim()) found.push("the page has no title");

  for (const e of all("a[href], button, summary, [role=button]")) if (!name(e)) say("nameless control", e);
  for (const e of all("input:not([type=hidden]), select, textarea")) {
    const named = e.labels?.length || e.getAttribute("aria-label") || e.getAttribute("aria-labelledby");
    if (!named) say("field without label", e);
  }
  for (const e of all("img")) if (!e.hasAttribute("alt")) say("picture without alternative", e);
  for (const e of all("svg")) {
    const hidden = e.getAttribute("aria-hidden") === "true";
    if (!hidden && !(e.getAttribute("role") === "img" && e.getAttribute("aria-label"))) say("drawing without alternative", e);
  }

  const ids = new Map();
  for (const e of all("[id]")) {
    if (ids.has(e.id)) say("identifier used twice", e);
    ids.set(e.id, e);
  }
  for (const attribute of ["aria-labelledby", "aria-describedby", "aria-controls", "for", "popovertarget"]) {
    for (const e of all(`[${attribute}]`)) {
      for (const id of e.getAttribute(attribute).split(/\s+/)) if (!ids.has(id)) say(`${attribute} leads nowhere`, e);
    }
  }
  for (const e of all('a[href^="#"]')) {
    const id = decodeURIComponent(e.getAttribute("href").slice(1));
    if (id && !ids.has(id) && e.closest(".jump, .skip, .notice")) say("link within the page leads nowhere", e);
  }

  let level = 0;
  const headings = all("h1, h2, h3, h4, h5, h6").filter((e) => e.checkVisibility() || e.classList.contains("unseen"));
  if (headings.filter((e) => e.tagName === "H1").length !== 1) found.push("there is not exactly one first heading");
  for (const e of headings) {
    const next = Number(e.tagName[1]);
    if (next > level + 1) say(`heading of level ${next} after ${level}`, e);
    if (!name(e)) say("empty heading", e);
    level = next;
  }

  if (all("main").length !== 1) found.push("there is not exactly one main");
  if (all("body > .frame > header").length !== 1) found.push("there is not exactly one banner");
  for (const selector of ["nav", "aside", "section[aria-label], section[aria-labelledby], [role=region]", "[role=search]"]) {
    const names = new Set();
    const several = all(selector).filter(visible);
    for (const e of several) {
      const own = (e.getAttribute("aria-label") ?? "") || (e.hasAttribute("aria-labelledby") ? textOf(e.getAttribute("aria-labelledby")) : "");
      if (several.length > 1 && names.has(own)) say(`two landmarks (${selector}) of one name`, e, own);
      names.add(own);
    }
  }
  for (const e of all("[aria-label]")) {
    const generic = ["DIV", "SPAN", "PRE", "P", "CODE"].includes(e.tagName) && !e.getAttribute("role");
    if (generic) say("a label on what has no role", e);
  }
  for (const e of all("table")) {
    if (!e.closest(".prose") && !e.caption?.textContent.trim()) say("table without caption", e);
    for (const head of all("thead th", e)) if (!e.closest(".prose") && !head.scope) say("head of a column without scope", head);
  }
  for (const e of all("li")) if (!["UL", "OL", "MENU"].includes(e.parentElement.tagName)) say("item outside of a list", e);
  for (const e of all("dt, dd")) if (!e.closest("dl")) say("term outside of a list", e);

  const parse = (text) => {
    const numbers = text.match(/[\d.]+%?/g)?.map(Number) ?? [0, 0, 0, 0];
    const scale = text.startsWith("color(") ? 255 : 1;
    return { rgb: numbers.slice(0, 3).map((n) => n * scale), alpha: numbers[3] ?? 1 };
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((n) => n / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) {
      const { rgb, alpha } = parse(getComputedStyle(e).backgroundColor);
      if (alpha > 0) layers.unshift({ rgb, alpha });
      if (alpha >= 1) break;
    }
    return layers.reduce((under, { rgb, alpha }) => under.map((c, i) => c * (1 - alpha) + rgb[i] * alpha), [255, 255, 255]);
  };
  const told = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode.textContent.trim();
    const element = texts.currentNode.parentElement;
    if (!text || !visible(element) || element.closest("option, title, script")) continue;
    const style = getComputedStyle(element);
    const [one, other] = [luminance(parse(style.color).rgb), luminance(behind(element))].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) {
      const key = `${style.color} ${behind(element)}`;
      if (!told.has(key)) say(`contrast ${ratio.toFixed(2)} of "${text.slice(0, 30)}"`, element);
      told.add(key);
    }
  }
  return found;
}
"""


def faults(page: Page) -> list[str]:
    """What is wrong with the page as it stands, a line each; empty where nothing is."""
    result: list[str] = page.evaluate(_SCRIPT)
    return result


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width
