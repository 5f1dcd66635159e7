// The stage of the network picture: places and view, fading, names and who is under the pointer. A painter draws
// ties and dots on the ground canvas; names lie on the canvas above it.

import { radius } from "./network-columns.js";
import { FlatPainter } from "./network-flat.js";
import { openLight } from "./network-light.js";

const EDGE = 36;
const FADE = 320;
const LABEL_LENGTH = 28;
const TOOLS = [215, 44];

const shorten = (text) => (text.length > LABEL_LENGTH ? `${text.slice(0, LABEL_LENGTH - 1)}…` : text);
const meet = (one, other) => one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];

export class Stage {
  constructor(canvas, ground, network, columns, colouring) {
    Object.assign(this, { canvas, ground, columns, actors: network.actors });
    this.context = canvas.getContext("2d");
    this.view = { scale: 1, x: 0, y: 0 };
    this.sizeBy = "partners";
    this.marked = null;
    this.part = 1;
    this.scene = { columns, slices: network.windows.map((window) => columns.cut(window)) };
    this.dip(colouring);
    this.openPainter();
    new ResizeObserver(() => this.resize()).observe(canvas);
    // Paper is never dark, so that printing changes the colours too.
    for (const change of ["(prefers-color-scheme: dark)", "print"]) {
      window.matchMedia(change).addEventListener("change", () => {
        this.readColours();
        this.draw();
      });
    }
    this.resize();
  }

  // Colours every actor in every window after its group there.
  dip({ groups, of }) {
    this.toneNames = groups.map((group) => group.tone);
    this.scene.slices.forEach((slice, position) => {
      slice.tones = Uint8Array.from({ length: this.columns.actors }, (_, actor) => of(slice, actor, position));
    });
    this.readColours();
  }

  paintBy(colouring) {
    this.dip(colouring);
    this.painter.recolour();
    this.draw();
  }

  openPainter() {
    this.painter = openLight(this.ground, this.scene) ?? new FlatPainter(this.ground, this.scene);
    this.ground.addEventListener("webglcontextlost", (event) => {
      event.preventDefault();
      const fresh = this.ground.cloneNode();
      this.ground.replaceWith(fresh);
      this.ground = fresh;
      this.painter = new FlatPainter(fresh, this.scene);
      this.resize();
    });
  }

  readColours() {
    const probe = document.createElement("span");
    this.canvas.after(probe);
    const colour = (token) => {
      probe.style.color = `var(--${token})`;
      return getComputedStyle(probe).color;
    };
    this.scene.colours = {
      tones: this.toneNames.map(colour),
      ground: colour("card"),
      away: colour("line-strong"),
      ink: colour("ink"),
    };
    this.font = getComputedStyle(document.body).fontFamily;
    probe.remove();
  }

  resize() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const ratio = window.devicePixelRatio || 1;
    this.size = { width, height };
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.painter.resize(width, height, ratio);
    this.fit();
    this.draw();
  }

  fit() {
    const reach = (values) => values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [32767, 0]).map((value) => value / 32767);
    const [[left, right], [top, bottom]] = [reach(this.columns.across), reach(this.columns.down)];
    const { width, height } = this.size;
    const scale = Math.min((width - 2 * EDGE) / (right - left || 1), (height - 2 * EDGE) / (bottom - top || 1));
    this.whole = { scale, x: width / 2 - scale * (left + right) / 2, y: height / 2 - scale * (top + bottom) / 2 };
    this.grain = Math.max(0.6, Math.min(1, Math.sqrt(width / 800))) * (this.columns.actors > 1500 ? 0.6 : 1);
  }

  // Shows a slice of time; `fade` says whether the change may be seen happening.
  show(position, fade) {
    this.before = this.now ?? this.scene.slices[position];
    this.now = this.scene.slices[position];
    this.focus();
    cancelAnimationFrame(this.frame);
    if (!fade) return this.step(1);
    const begun = performance.now();
    const next = (now) => {
      this.step(Math.min(1, Math.max(0, (now - begun) / FADE)));
      if (this.part < 1) this.frame = requestAnimationFrame(next);
    };
    this.frame = requestAnimationFrame(next);
  }

  step(part) {
    this.part = part;
    this.draw();
  }

  // Where the unit square of places lies on the canvas.
  mapping() {
    const { width, height } = this.size;
    const { scale, x, y } = this.view;
    return {
      scale: this.whole.scale * scale,
      offset: [width / 2 + (this.whole.x - width / 2) * scale + x, height / 2 + (this.whole.y - height / 2) * scale + y],
    };
  }

  place(actor) {
    const { scale, offset } = this.mapping();
    const [across, down] = this.columns.place(actor);
    return [offset[0] + scale * across, offset[1] + scale * down];
  }

  look(view) {
    const scale = Math.min(8, Math.max(1, view.scale));
    const reach = scale * Math.max(this.size.width, this.size.height) / 2;
    const keep = (value) => Math.min(reach, Math.max(-reach, value));
    this.view = scale === 1 ? { scale, x: 0, y: 0 } : { scale, x: keep(view.x), y: keep(view.y) };
    this.draw();
  }

  zoom(factor) {
    const change = Math.min(8, Math.max(1, this.view.scale * factor)) / this.view.scale;
    this.look({ scale: this.view.scale * change, x: this.view.x * change, y: this.view.y * change });
  }

  pan(across, down) {
    if (this.view.scale > 1) this.look({ ...this.view, x: this.view.x + across, y: this.view.y + down });
  }

  mark(actor) {
    if (actor === this.marked) return;
    this.marked = actor;
    this.focus();
    this.draw();
  }

  focus() {
    this.near = this.marked === null ? null : this.columns.neighbours(this.marked, this.now.window);
  }

  radiusOf(actor) {
    return radius(this.now[this.sizeBy][actor]) * this.grain;
  }

  // The actor at a point of the canvas, the nearest within a finger's reach, or null.
  at(x, y, reach) {
    let found = null;
    let nearest = Infinity;
    for (const actor of this.now.ranking) {
      const [dotX, dotY] = this.place(actor);
      const distance = Math.hypot(dotX - x, dotY - y) - this.radiusOf(actor);
      if (distance < Math.min(nearest, reach)) [found, nearest] = [actor, distance];
    }
    return found;
  }

  draw() {
    if (!this.now) return;
    const { before, now, part, marked, near, grain, sizeBy } = this;
    const place = (actor) => this.place(actor);
    this.painter.paint({ before, now, part, marked, near, grain, sizeBy, place, ...this.mapping() });
    this.context.clearRect(0, 0, this.size.width, this.size.height);
    this.drawLabels();
  }

  drawLabels() {
    const roomy = this.view.scale > 1.5 ? 2 : 1;
    const most = (this.size.width < 500 ? 6 : 14) * roomy;
    const inSight = (actor) => {
      const [x, y] = this.place(actor);
      return x >= 0 && y >= 0 && x <= this.size.width && y <= this.size.height;
    };
    const order = [];
    for (const actor of this.now.ranking) {
      if (order.length === 3 * most) break;
      // Beside somebody who is held only their partners have names.
      if (actor !== this.marked && (this.near?.has(actor) ?? true) && inSight(actor)) order.push(actor);
    }
    if (this.marked !== null) order.unshift(this.marked);
    this.context.font = `600 12px ${this.font}`;
    const dots = order.slice(0, most).map((actor) => this.dotBox(actor));
    const taken = [];
    let told = 0;
    for (const actor of order) {
      if (told === most) return;
      // A name keeps clear of the big dots where it can; the first names are worth covering one.
      const place = this.labelPlace(actor, [...taken, ...dots]) ?? (told < most / 2 && this.labelPlace(actor, taken));
      if (!place) continue;
      this.drawLabel(shorten(this.actors[actor].label), place);
      taken.push(place);
      told += 1;
    }
  }

  dotBox(actor) {
    const [x, y] = this.place(actor);
    const reach = 0.7 * this.radiusOf(actor);
    return [x - reach, y - reach, x + reach, y + reach];
  }

  labelPlace(actor, taken) {
    const [x, y] = this.place(actor);
    const width = this.context.measureText(shorten(this.actors[actor].label)).width;
    const gap = this.radiusOf(actor) + 4;
    const places = [
      [x + gap, y - 8, x + gap + width, y + 8],
      [x - gap - width, y - 8, x - gap, y + 8],
      [x - width / 2, y - gap - 16, x + width / 2, y - gap],
      [x - width / 2, y + gap, x + width / 2, y + gap + 16],
    ];
    // The buttons lie in the upper right corner.
    const tools = [this.size.width - TOOLS[0], 0, this.size.width, TOOLS[1]];
    const inside = (box) => box[0] >= 4 && box[2] <= this.size.width - 4 && box[1] >= 0 && box[3] <= this.size.height && !meet(box, tools);
    return places.find((box) => inside(box) && !taken.some((other) => meet(box, other)));
  }

  drawLabel(text, place) {
    const { context, scene: { colours } } = this;
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = colours.ground;
    context.fillStyle = colours.ink;
    context.strokeText(text, place[0], (place[1] + place[3]) / 2);
    context.fillText(text, place[0], (place[1] + place[3]) / 2);
  }
}
