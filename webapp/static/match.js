// The bench, quicker: a slider weighs the people shown anew at once, and a step on the bench changes the page where it
// stands. Every step is a link or a form that works without this.

import { addUp, split } from "./points.js";

const SVG = "http://www.w3.org/2000/svg";
const written = new Intl.NumberFormat("en-GB");

const wholes = (numbers) => numbers.map((number) => BigInt(number));

class Weighing {
  constructor(block) {
    this.full = BigInt(block.full);
    this.labels = block.criteria.map((criterion) => criterion.label);
    this.people = block.people.map((one) => ({ id: one.id, value: wholes(one.value), high: wholes(one.high) }));
    this.list = document.querySelector(".bench-list");
    this.rows = new Map([...this.list.children].map((row) => [row.dataset.expert, row]));
    this.sliders = [...document.querySelectorAll("input[data-weight]")];
    this.started = this.weights().join();
    for (const slider of this.sliders) slider.addEventListener("input", () => this.weigh());
  }

  weights() {
    return this.sliders.map((slider) => BigInt(slider.value));
  }

  weigh() {
    for (const slider of this.sliders) slider.nextElementSibling.value = slider.value;
    const weights = this.weights();
    if (!weights.some((weight) => weight)) return this.tell("Weights that are all 0 rank nobody.");
    const points = new Map(this.people.map((one) => [one.id, addUp(this.full, one.value, weights)]));
    // People come in the order of points and ids of the server; a stable sort keeps the order of ids among equals
    // only when it starts from ids.
    const ranked = [...this.people].sort((one, other) => Number(points.get(other.id) - points.get(one.id)) || (one.id < other.id ? -1 : 1));
    const shown = ranked.map((one, rank) => ({ one, rank: rank + 1, row: this.rows.get(one.id) })).filter(({ row }) => row);
    for (const { one, rank, row } of shown) this.show(row, one, rank, weights);
    this.list.append(...shown.map(({ row }) => row));
    const unseen = ranked.slice(0, this.rows.size).filter((one) => !this.rows.has(one.id)).length;
    this.tell(this.words(unseen, weights));
  }

  words(unseen, weights) {
    if (weights.join() === this.started) return "";
    const hidden = unseen === 1 ? " 1 person not shown would come in between." : unseen ? ` ${unseen} people not shown would come in between.` : "";
    return `Weights tried, not yet applied: the plan still goes by the old ones.${hidden}`;
  }

  tell(sentence) {
    const place = document.getElementById("weighed");
    place.hidden = !sentence;
    place.textContent = sentence;
  }

  show(row, one, rank, weights) {
    const total = Number(addUp(this.full, one.value, weights));
    const parts = split(this.full, one.value, weights);
    const high = Number(addUp(this.full, one.high, weights));
    row.querySelector("[data-rank]").textContent = rank;
    row.querySelector("[data-points]").textContent = written.format(total);
    this.drawBar(row.querySelector(".score-bar"), parts, total, high - total);
    const missing = row.querySelector("[data-missing]");
    if (missing) missing.textContent = `Up to ${written.format(high)} points once what is missing is known.`;
    const sum = weights.reduce((all, weight) => all + weight, 0n);
    row.querySelectorAll(".reasons dt > small").forEach((place, index) => {
      const most = (2n * this.full * weights[index] + sum) / (2n * sum);
      place.textContent = `${written.format(parts[index])} of ${written.format(most)}`;
    });
  }

  drawBar(bar, parts, total, unknown) {
    const full = Number(this.full);
    const pieces = [];
    let start = 0;
    parts.forEach((points, index) => {
      if (points) pieces.push(piece(`tone ${this.sliders[index].dataset.tone}`, start / full, points / full, `${this.labels[index]}: ${written.format(points)} points`));
      start += points;
    });
    const open = Math.min(unknown, full - total);
    if (open > 0) pieces.push(piece("unknown", total / full, open / full, `Not known: up to ${written.format(open)} points more`));
    bar.replaceChildren(...pieces);
    const told = parts.map((points, index) => ` ${this.labels[index]} ${written.format(points)}`).join(",");
    const more = open > 0 ? `, up to ${written.format(open)} more if what is missing were known` : "";
    bar.setAttribute("aria-label", `${written.format(total)} of ${written.format(full)} points:${told}${more}`);
  }
}

function piece(className, start, width, words) {
  const rect = document.createElementNS(SVG, "rect");
  const title = document.createElementNS(SVG, "title");
  title.textContent = words;
  rect.append(title);
  const places = { class: className, x: `${100 * start}%`, width: `${100 * width}%`, height: className === "unknown" ? 11 : 12 };
  if (className === "unknown") places.y = 0.5;
  for (const [name, value] of Object.entries(places)) rect.setAttribute(name, value);
  return rect;
}

// One place that says the new headline to ears, whatever of the page is exchanged.
const voice = document.createElement("p");
voice.className = "visually-hidden";
voice.setAttribute("role", "status");
document.body.append(voice);

const onBench = (address) => address.origin === window.location.origin && address.pathname === window.location.pathname;
let latest = 0;

async function go(address, keep) {
  const turn = (latest += 1);
  const main = document.querySelector("main");
  main.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (turn === latest) exchange(main, page, address, keep);
  } catch {
    window.location.assign(address);
  }
}

function exchange(main, page, address, keep) {
  const [held, opened] = [document.activeElement?.id, [...main.querySelectorAll("details[open]")].map((one) => one.closest("[id]")?.id)];
  const scrolled = main.querySelector(".bench-openings ol")?.scrollTop ?? 0;
  main.replaceChildren(...page.querySelector("main").childNodes);
  main.removeAttribute("aria-busy");
  document.title = page.title;
  if (!keep) window.history.pushState(null, "", address);
  const list = main.querySelector(".bench-openings ol");
  if (list) list.scrollTop = scrolled;
  for (const id of opened.filter((id) => id?.startsWith("who-"))) {
    const open = document.getElementById(id)?.querySelector("details");
    if (open) open.open = true;
  }
  (document.getElementById(held) ?? main).focus({ preventScroll: true });
  reveal(document.getElementById(decodeURIComponent(new URL(address, window.location).hash.slice(1))));
  voice.textContent = main.querySelector("h1").textContent;
  start();
}

function reveal(place) {
  if (!place) return;
  const { top, bottom } = place.getBoundingClientRect();
  if (top > window.innerHeight - 80 || bottom < 80) place.scrollIntoView();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("main a[href]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (!onBench(new URL(link.href))) return;
  event.preventDefault();
  go(link.href);
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-now]")) event.target.form.requestSubmit();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "get" || !onBench(new URL(form.action))) return;
  event.preventDefault();
  const address = new URL(form.action);
  address.search = new URLSearchParams(new FormData(form, event.submitter)).toString();
  go(address.href);
});

window.addEventListener("popstate", () => go(window.location.href, true));

function start() {
  const block = document.getElementById("measured");
  if (block && document.querySelector(".bench-list")) new Weighing(JSON.parse(block.textContent));
}
start();
