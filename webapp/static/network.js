// The network page: one year at a time, and everything on the page moves with it: picture, track, figures,
// the row of the window, the list of actors, and the address.

import { Stage } from "./network-stage.js";

const STEP = 1100;
const ACTORS_LISTED = 25;

const find = (name) => document.getElementById(`network-${name}`);
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

// What holds in a window: ties by pair, the number of different others per actor, the actors most tied first.
function cut(network, { from, to }) {
  const ties = new Map();
  const met = new Set();
  const number = network.actors.length;
  for (const [source, target, start, end] of network.ties) {
    if (start >= to || end <= from || source === target) continue;
    const key = source * number + target;
    const known = ties.get(key);
    ties.set(key, { source, target, count: known ? known.count + 1 : 1 });
    met.add(Math.min(source, target) * number + Math.max(source, target));
  }
  const degrees = new Array(number).fill(0);
  for (const key of met) {
    degrees[Math.floor(key / number)] += 1;
    degrees[key % number] += 1;
  }
  const order = (one, other) => degrees[other] - degrees[one] || (network.actors[one].label < network.actors[other].label ? -1 : 1);
  const ranking = [...degrees.keys()].filter((index) => degrees[index]).sort(order);
  return { ties, degrees, ranking };
}

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

class NetworkPage {
  constructor(network) {
    this.network = network;
    this.slices = new Map();
    this.slider = find("year");
    this.playButton = find("play");
    this.playing = null;
    this.position = Number(this.slider.value);
    this.reveal();
    this.stage = new Stage(find("canvas"), network);
    this.wireTime();
    this.wirePointer();
    this.wireKeys();
    this.show(this.position, false);
  }

  reveal() {
    this.slider.parentElement.style.setProperty("--windows", this.network.windows.length);
    find("still").remove();
    for (const part of [this.slider, this.playButton, find("canvas"), find("tools")]) part.hidden = false;
    for (const link of this.slider.parentElement.querySelectorAll("a")) link.tabIndex = -1;
  }

  slice(position) {
    if (!this.slices.has(position)) this.slices.set(position, cut(this.network, this.network.windows[position]));
    return this.slices.get(position);
  }

  move(position) {
    const last = this.network.windows.length - 1;
    const goal = Math.min(last, Math.max(0, position));
    if (goal !== this.position) this.show(goal, !calm.matches);
  }

  show(position, fade) {
    this.position = position;
    const window_ = this.network.windows[position];
    const slice = this.slice(position);
    this.stage.show(slice, fade);
    this.slider.value = position;
    this.slider.setAttribute("aria-valuetext", `${window_.label}: ${slice.ranking.length} actors tied`);
    this.showTrack();
    this.showFigures(window_.figures);
    this.listActors(slice);
    for (const place of document.querySelectorAll("[data-window-label]")) place.textContent = window_.label;
    const address = new URL(window.location.href);
    address.searchParams.set("year", window_.from);
    window.history.replaceState(null, "", address);
  }

  showTrack() {
    const mark = (place, index) => {
      place.classList.toggle(place.tagName === "TR" ? "on" : "chosen", index === this.position);
      if (index === this.position) place.setAttribute("aria-current", "true");
      else place.removeAttribute("aria-current");
    };
    this.slider.parentElement.querySelectorAll("a").forEach(mark);
    find("windows")?.querySelectorAll("tbody tr").forEach(mark);
  }

  showFigures(figures) {
    for (const row of find("figures")?.querySelectorAll("[data-measure]") ?? []) {
      const figure = figures[row.dataset.measure];
      const compared = row.querySelector("[data-compared]");
      row.querySelector("[data-value]").textContent = figure?.text ?? "–";
      compared.textContent = figure?.compared ?? "";
      compared.className = figure?.tone ? `${figure.tone}-news` : "muted";
      this.moveSpark(row.querySelector("[data-places]"));
    }
  }

  moveSpark(spark) {
    const place = spark?.dataset.places.split(" ")[this.position];
    const dot = spark?.querySelector("circle");
    if (!dot) return;
    dot.toggleAttribute("hidden", place === "-");
    if (place === "-") return;
    const [x, y] = place.split(",");
    dot.setAttribute("cx", x);
    dot.setAttribute("cy", y);
  }

  listActors(slice) {
    const body = find("actors");
    if (!body || body.contains(document.activeElement)) return;
    const rows = slice.ranking.slice(0, ACTORS_LISTED).map((index, rank) => {
      const actor = this.network.actors[index];
      const link = element("a", "", element("bdi", "", actor.label));
      link.href = actor.href;
      const group = this.network.groups[actor.group];
      const row = element("tr", "",
        element("td", "num muted", String(rank + 1)), element("th", "", link),
        element("td", "", element("span", "dotted", element("i", `dot ${group.tone}`), group.name)),
        element("td", "num", String(slice.degrees[index])));
      row.dataset.actor = actor.id;
      return row;
    });
    body.replaceChildren(...rows);
  }

  tell(index) {
    this.stage.mark(index);
    const actor = this.network.actors[index];
    const others = actor && this.slice(this.position).degrees[index];
    const { label } = this.network.windows[this.position];
    const words = actor && [
      actor.label,
      this.network.groups[actor.group].name,
      `tied to ${others} ${others === 1 ? "other" : "others"} in ${label}`,
    ];
    find("told").textContent = words?.join(" · ") ?? "";
  }

  wireTime() {
    this.slider.addEventListener("input", () => this.stop() || this.move(Number(this.slider.value)));
    this.slider.parentElement.querySelectorAll("a").forEach((link, index) => link.addEventListener("click", (event) => {
      event.preventDefault();
      this.move(index);
    }));
    this.playButton.addEventListener("click", () => (this.playing ? this.stop() : this.play()));
  }

  play() {
    const last = this.network.windows.length - 1;
    if (this.position === last) this.show(0, false);
    this.playButton.textContent = "Pause";
    this.playing = setInterval(() => (this.position < last ? this.move(this.position + 1) : this.stop()), STEP);
  }

  stop() {
    clearInterval(this.playing);
    this.playing = null;
    this.playButton.textContent = "Play";
  }

  wirePointer() {
    const canvas = find("canvas");
    let held = null;
    const hit = (event) => this.stage.at(event.offsetX, event.offsetY, event.pointerType === "touch" ? 16 : 5);
    canvas.addEventListener("pointerdown", (event) => { held = { x: event.clientX, y: event.clientY, moved: false }; });
    canvas.addEventListener("pointermove", (event) => {
      if (!held) return this.tell(hit(event));
      const [across, down] = [event.clientX - held.x, event.clientY - held.y];
      if (!held.moved && Math.hypot(across, down) < 4) return;
      canvas.setPointerCapture(event.pointerId);
      this.stage.pan(across, down);
      held = { x: event.clientX, y: event.clientY, moved: true };
    });
    canvas.addEventListener("pointerup", (event) => {
      const index = held && !held.moved ? hit(event) : null;
      held = null;
      if (index === null) return;
      // A finger cannot hover: its first touch names the actor, its second opens the page.
      if (event.pointerType === "touch" && this.stage.marked !== index) this.tell(index);
      else window.location.assign(this.network.actors[index].href);
    });
    canvas.addEventListener("pointercancel", () => { held = null; });
    canvas.addEventListener("pointerleave", (event) => { if (event.pointerType !== "touch") this.tell(null); });
    canvas.addEventListener("wheel", (event) => {
      // A plain wheel scrolls the page; with Ctrl, or as a pinch, it zooms.
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      this.stage.zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2);
    }, { passive: false });
    for (const [name, factor] of [["closer", 1.5], ["wider", 1 / 1.5], ["whole", 0]]) {
      find(name).addEventListener("click", () => this.stage.zoom(factor));
    }
  }

  wireKeys() {
    const last = this.network.windows.length - 1;
    const [back, forth] = [() => this.position - 1, () => this.position + 1];
    const goals = { ArrowLeft: back, ArrowDown: back, ArrowRight: forth, ArrowUp: forth, Home: () => 0, End: () => last };
    find("canvas").addEventListener("keydown", (event) => {
      if (event.key === "+" || event.key === "-") return this.stage.zoom(event.key === "+" ? 1.5 : 1 / 1.5);
      if (!(event.key in goals)) return;
      event.preventDefault();
      this.stop();
      this.move(goals[event.key]());
    });
    const named = (event) => {
      const row = event.target.closest("tr[data-actor]");
      this.tell(row ? this.network.actors.findIndex((actor) => actor.id === row.dataset.actor) : null);
    };
    for (const kind of ["focusin", "mouseover"]) find("actors")?.addEventListener(kind, named);
    for (const kind of ["focusout", "mouseleave"]) find("actors")?.addEventListener(kind, () => this.tell(null));
  }
}

const block = document.getElementById("network");
if (block) {
  const network = JSON.parse(block.textContent);
  if (network.actors.length && network.windows.length) new NetworkPage(network);
}
