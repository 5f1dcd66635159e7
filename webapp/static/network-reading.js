// The brief, the outline and the table of ties, fetched anew when the window has settled.

const PARTS = ["brief", "outline", "ties"];
const SETTLED = 250;

const find = (name) => document.getElementById(`network-${name}`);
const opened = (part) => new Set([...part.querySelectorAll("details[open]")].map((details) => details.dataset.key));

export class Reading {
  constructor(network) {
    this.network = network;
    document.addEventListener("click", (event) => this.turn(event));
  }

  // Sorting and paging stay on the page; a file is fetched as one.
  turn(event) {
    const link = event.target.closest("#network-ties a");
    if (!link || event.ctrlKey || event.metaKey || link.pathname !== window.location.pathname) return;
    if (new URL(link.href).searchParams.has("format")) return;
    event.preventDefault();
    window.history.pushState(null, "", link.href);
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
      if (answer.ok) this.place(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch (trouble) {
      if (trouble.name !== "AbortError") throw trouble;
    }
  }

  place(fresh) {
    for (const link of fresh.querySelectorAll("a")) link.href = link.getAttribute("href").replace(this.network.window, window.location.pathname);
    for (const name of PARTS) {
      const [part, next] = [find(name), document.adoptNode(fresh.getElementById(`network-${name}`))];
      // Whoever stands in a part keeps it; it follows with the next window.
      if (part.contains(document.activeElement) && name === "outline") continue;
      const open = opened(part);
      for (const details of next.querySelectorAll("details")) details.open = open.has(details.dataset.key);
      if (name === "brief") part.replaceChildren(...next.childNodes);
      else part.replaceWith(next);
    }
  }
}
