// What there is to read beside the picture: the brief, what changed, and the form shown (outline, list or windows),
// fetched anew when the window has settled.

import { carry } from "./network-address.js";

const PARTS = ["brief", "changed", "reading"];
const SETTLED = 250;
const AT_REST = 900; // what changed costs the server more than the rest, so only a window that stays is asked for

const find = (name) => document.getElementById(`network-${name}`);
const opened = (part) => new Set([...part.querySelectorAll("details[open]")].map((details) => details.dataset.key));
const parsed = (text) => new DOMParser().parseFromString(text, "text/html");

export class Reading {
  constructor(network) {
    this.network = network;
    document.addEventListener("click", (event) => this.turn(event));
    window.addEventListener("popstate", () => {
      carry();
      this.load();
    });
    this.tellLater();
  }

  // Forms, sorting and paging stay on the page; a file is fetched as one.
  turn(event) {
    const link = event.target.closest("#network-reading a");
    if (!link || event.ctrlKey || event.metaKey || link.pathname !== window.location.pathname) return;
    // A window is no form: the page moves to it.
    if (new URL(link.href).searchParams.has("format") || link.closest("#network-windows")) return;
    event.preventDefault();
    window.history.pushState(null, "", link.href);
    carry();
    this.load();
  }

  settle() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.load(), SETTLED);
  }

  async load() {
    const asked = new URL(window.location.href);
    asked.pathname = this.network.window;
    asked.searchParams.set("level", this.network.level);
    this.loading?.abort();
    this.loading = new AbortController();
    try {
      const answer = await fetch(asked, { credentials: "same-origin", signal: this.loading.signal });
      if (answer.ok) this.place(parsed(await answer.text()));
    } catch (trouble) {
      if (trouble.name !== "AbortError") throw trouble;
    }
  }

  place(fresh) {
    for (const link of fresh.querySelectorAll("a")) link.href = link.getAttribute("href").replace(this.network.window, window.location.pathname);
    for (const name of PARTS) {
      const [part, next] = [find(name), document.adoptNode(fresh.getElementById(`network-${name}`))];
      const open = opened(part);
      for (const details of next.querySelectorAll("details")) details.open = open.has(details.dataset.key);
      // The brief is read out when its words change, so that it stays the same element.
      if (name === "brief") part.replaceChildren(...next.childNodes);
      else this.swap(part, next);
    }
    this.tellLater();
  }

  // Whoever stands in a part stands at the same place of the next one.
  swap(part, next) {
    const here = part.contains(document.activeElement) ? document.activeElement : null;
    const key = here?.closest("[data-key]")?.dataset.key;
    const text = here?.textContent;
    part.replaceWith(next);
    if (!here) return;
    const around = [...next.querySelectorAll("[data-key]")].find((each) => each.dataset.key === key);
    const same = [...(around ?? next).querySelectorAll("a, summary")].find((each) => each.textContent === text);
    const place = same ?? around?.querySelector("summary") ?? around ?? next.querySelector(".segments [aria-current]");
    place?.focus({ preventScroll: true });
  }

  tellLater() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.tell(), AT_REST);
  }

  async tell() {
    const part = find("changed");
    if (!part?.dataset.telling || part.querySelector(".telling")) return;
    // Without an answer, be it that the page is left meanwhile, the way to the comparison stands there all the same.
    const answer = await fetch(part.dataset.telling, { credentials: "same-origin" }).catch(() => null);
    if (answer?.ok) part.append(...parsed(await answer.text()).body.children);
  }
}
