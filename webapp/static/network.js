// The network page: one window at a time, and everything on the page moves with it: picture, track, figures, the row
// of the window, what there is to read, and the address.

import { held, hold } from "./network-address.js";
import { colouring } from "./network-colours.js";
import { Columns } from "./network-columns.js";
import { Reading } from "./network-reading.js";
import { Stage } from "./network-stage.js";

const STEP = 1100;
const KEY_PAN = 60;
const SIZES = ["partners", "given", "received"];

const find = (name) => document.getElementById(`network-${name}`);
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

function link(href, label) {
  const made = element("a", "", element("bdi", "", label));
  made.href = href;
  return made;
}

class NetworkPage {
  constructor(network, columns, reading) {
    Object.assign(this, { network, reading });
    this.slider = find("time");
    this.playButton = find("play");
    this.playing = null;
    this.picked = null;
    this.position = Number(this.slider.value);
    this.reveal();
    this.stage = new Stage(find("canvas"), find("ground"), network, columns, colouring(network, held().colour));
    this.wireTime();
    this.wirePointer();
    this.wireTools();
    this.wireKeys();
    this.adopt();
    this.wireNames();
    window.addEventListener("popstate", () => this.adopt());
  }

  reveal() {
    this.slider.parentElement.style.setProperty("--windows", this.network.windows.length);
    find("still").remove();
    for (const part of [this.slider, this.playButton, find("ground"), find("canvas"), find("tools"), find("looks")]) part.hidden = false;
    for (const bar of this.slider.parentElement.querySelectorAll("a")) bar.tabIndex = -1;
  }

  // Takes over what the address holds.
  adopt() {
    const { at, colour, size, pick, view } = held();
    const named = this.network.windows.findIndex((moment) => moment.label === at);
    find("colour").value = colour || "region";
    find("size").value = SIZES.includes(size) ? size : "partners";
    this.stage.sizeBy = find("size").value;
    this.paint(find("colour").value);
    const picked = this.network.actors.findIndex((actor) => actor.id === pick);
    this.picked = picked < 0 ? null : picked;
    this.show(named < 0 ? this.position : named, { fade: false });
    const [scale, x, y] = view.split(",").map(Number);
    this.stage.look(scale && Number.isFinite(x + y) ? { scale, x: x * this.stage.size.width, y: y * this.stage.size.height } : { scale: 1, x: 0, y: 0 });
    this.tell(this.picked);
  }

  move(position, push = false) {
    const last = this.network.windows.length - 1;
    const goal = Math.min(last, Math.max(0, position));
    if (goal === this.position) return;
    hold({ at: this.network.windows[goal].label, page: "" }, push);
    this.show(goal, { fade: !calm.matches });
  }

  show(position, { fade }) {
    const settled = position === this.position;
    this.position = position;
    const moment = this.network.windows[position];
    this.stage.show(position, fade);
    const { ranking } = this.stage.now;
    this.slider.value = position;
    this.slider.setAttribute("aria-valuetext", `${moment.label}: ${ranking.length} actors tied`);
    this.showTrack();
    this.showFigures(moment.figures);
    for (const place of document.querySelectorAll("[data-window-label]")) place.textContent = moment.label;
    for (const place of document.querySelectorAll("[data-window-until]")) place.textContent = moment.until;
    if (settled) return;
    this.tell(this.picked);
    this.reading.settle();
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
    for (const row of find("figures").querySelectorAll("[data-measure]")) {
      const figure = figures[row.dataset.measure];
      row.querySelector("[data-value]").textContent = figure.text;
      row.querySelector("[data-compared]").textContent = figure.compared;
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

  // Names an actor below the picture; one that is held comes with the ways on from it.
  tell(index) {
    this.stage.mark(index);
    find("told").replaceChildren(...(index === null ? [] : this.words(index)));
  }

  words(index) {
    const actor = this.network.actors[index];
    const { partners, given, received } = this.stage.now;
    const { label } = this.network.windows[this.position];
    const others = `${partners[index]} ${partners[index] === 1 ? "partner" : "partners"}`;
    const told = ` · ${others}, ${given[index]} given, ${received[index]} received in ${label}`;
    if (index !== this.picked) return [element("bdi", "", actor.label), told];
    const inside = this.network.inside ? [" · ", link(this.network.inside + encodeURIComponent(actor.id), "look inside")] : [];
    const around = `${this.network.around}&of=${encodeURIComponent(actor.id)}&at=${encodeURIComponent(label)}`;
    return [link(actor.href, actor.label), told, " · ", link(around, "its ties alone"), ...inside];
  }

  pick(index) {
    this.picked = index;
    hold({ pick: index === null ? "" : this.network.actors[index].id }, true);
    this.tell(index);
  }

  paint(name) {
    // Communities are counted on the server, and only for who asks.
    if (name === "community" && !this.network.communities) return window.location.reload();
    const chosen = colouring(this.network, name);
    this.stage.paintBy(chosen);
    find("key").replaceChildren(...chosen.groups.map((group) => element("li", "", element("i", `dot ${group.tone}`), group.name)));
  }

  look(change) {
    change();
    const { scale, x, y } = this.stage.view;
    const { width, height } = this.stage.size;
    hold({ view: scale === 1 ? "" : [scale.toFixed(2), (x / width).toFixed(3), (y / height).toFixed(3)].join(",") });
  }

  wireTime() {
    this.slider.addEventListener("input", () => this.stop() || this.move(Number(this.slider.value)));
    this.slider.parentElement.querySelectorAll("a").forEach((bar, index) => bar.addEventListener("click", (event) => {
      event.preventDefault();
      this.stop();
      this.move(index, true);
    }));
    document.addEventListener("click", (event) => {
      const row = event.target.closest("#network-windows a")?.closest("tr");
      if (!row || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      this.stop();
      this.move(row.sectionRowIndex, true);
    });
    this.playButton.addEventListener("click", () => (this.playing ? this.stop() : this.play()));
    find("speed").addEventListener("change", () => this.playing && this.play());
  }

  play() {
    clearInterval(this.playing);
    const last = this.network.windows.length - 1;
    if (this.position === last) this.move(0);
    this.playButton.textContent = "Pause";
    const step = STEP / Number(find("speed").value);
    this.playing = setInterval(() => (this.position < last ? this.move(this.position + 1) : this.stop()), step);
  }

  stop() {
    clearInterval(this.playing);
    this.playing = null;
    this.playButton.textContent = "Play";
  }

  wirePointer() {
    const canvas = find("canvas");
    let start = null;
    const hit = (event) => this.stage.at(event.offsetX, event.offsetY, event.pointerType === "touch" ? 16 : 5);
    canvas.addEventListener("pointerdown", (event) => { start = { x: event.clientX, y: event.clientY, moved: false }; });
    canvas.addEventListener("pointermove", (event) => {
      if (!start) return this.tell(hit(event) ?? this.picked);
      const [across, down] = [event.clientX - start.x, event.clientY - start.y];
      if (!start.moved && Math.hypot(across, down) < 4) return;
      canvas.setPointerCapture(event.pointerId);
      this.look(() => this.stage.pan(across, down));
      start = { x: event.clientX, y: event.clientY, moved: true };
    });
    canvas.addEventListener("pointerup", (event) => {
      const moved = start?.moved ?? true;
      start = null;
      if (!moved) this.pick(hit(event));
    });
    canvas.addEventListener("pointercancel", () => { start = null; });
    canvas.addEventListener("pointerleave", () => this.tell(this.picked));
    canvas.addEventListener("wheel", (event) => {
      // A plain wheel scrolls the page; with Ctrl, or as a pinch, it zooms.
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      this.look(() => this.stage.zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2));
    }, { passive: false });
  }

  wireTools() {
    for (const [name, factor] of [["closer", 1.5], ["wider", 1 / 1.5], ["whole", 0]]) {
      find(name).addEventListener("click", () => this.look(() => this.stage.zoom(factor)));
    }
    find("colour").addEventListener("change", (event) => {
      hold({ colour: event.target.value === "region" ? "" : event.target.value });
      this.paint(event.target.value);
    });
    find("size").addEventListener("change", (event) => {
      hold({ size: event.target.value === "partners" ? "" : event.target.value });
      this.stage.sizeBy = event.target.value;
      this.stage.draw();
    });
  }

  wireKeys() {
    const last = this.network.windows.length - 1;
    const [back, forth] = [() => this.position - 1, () => this.position + 1];
    const ways = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
    const goals = { ArrowLeft: back, ArrowDown: back, ArrowRight: forth, ArrowUp: forth, Home: () => 0, End: () => last };
    find("canvas").addEventListener("keydown", (event) => {
      if (event.key === "+" || event.key === "-") return this.look(() => this.stage.zoom(event.key === "+" ? 1.5 : 1 / 1.5));
      if (event.key === "Escape") return this.pick(null);
      if (!(event.key in goals)) return;
      event.preventDefault();
      if (event.shiftKey && event.key in ways) return this.look(() => this.stage.pan(...ways[event.key].map((way) => KEY_PAN * way)));
      this.stop();
      this.move(goals[event.key]());
    });
  }

  // Whoever is named in the outline or in a table shows in the picture.
  wireNames() {
    const number = new Map(this.network.actors.map((actor, index) => [actor.id, index]));
    const named = (event) => {
      const place = event.target.closest?.("#network-reading [data-actor]");
      if (place) this.tell(number.get(place.dataset.actor));
      return Boolean(place);
    };
    let inside = false;
    for (const kind of ["focusin", "mouseover"]) {
      document.addEventListener(kind, (event) => {
        const was = inside;
        inside = named(event);
        if (was && !inside && !event.target.closest?.("#network-stage")) this.tell(this.picked);
      });
    }
    // The ties may have come after somebody went into the outline.
    inside = named({ target: document.activeElement });
  }
}

async function open(network) {
  const reading = new Reading(network);
  const columns = await Columns.fetch(network.ties, network.actors.map((actor) => actor.label));
  new NetworkPage(network, columns, reading);
}

const block = document.getElementById("network");
if (block) {
  const network = JSON.parse(block.textContent);
  open(network).catch((trouble) => {
    find("told").textContent = "The moving picture could not be loaded; this is a still one. Load the page again.";
    throw trouble;
  });
}
