// Draws one network on a canvas: places are fixed, dots and ties of a window fade in and out.

const EDGE = 36;
const BEND = 0.14;
const FADE = 320;
const LABEL_LENGTH = 28;

const shorten = (text) => (text.length > LABEL_LENGTH ? `${text.slice(0, LABEL_LENGTH - 1)}…` : text);
const between = (start, end, part) => start + (end - start) * part;
const meet = (one, other) => one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];

export class Stage {
  constructor(canvas, network) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
    this.actors = network.actors;
    this.groups = network.groups;
    this.view = { scale: 1, x: 0, y: 0 };
    this.radii = network.actors.map(() => 0);
    this.ties = new Map();
    this.ranking = [];
    this.marked = null;
    this.readColours();
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

  readColours() {
    const probe = document.createElement("span");
    this.canvas.after(probe);
    const colour = (token) => {
      probe.style.color = `var(--${token})`;
      return getComputedStyle(probe).color;
    };
    this.tones = this.groups.map((group) => colour(group.tone));
    this.colours = { ground: colour("card"), away: colour("line-strong"), ink: colour("ink") };
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
    this.fit();
    this.draw();
  }

  fit() {
    const across = this.actors.map((actor) => actor.x);
    const down = this.actors.map((actor) => actor.y);
    const least = (values) => values.reduce((low, value) => Math.min(low, value), Infinity);
    const most = (values) => values.reduce((high, value) => Math.max(high, value), -Infinity);
    const [left, right, top, bottom] = [least(across), most(across), least(down), most(down)];
    const { width, height } = this.size;
    const scale = Math.min((width - 2 * EDGE) / (right - left || 1), (height - 2 * EDGE) / (bottom - top || 1));
    this.places = this.actors.map((actor) => [
      width / 2 + scale * (actor.x - (left + right) / 2),
      height / 2 + scale * (actor.y - (top + bottom) / 2),
    ]);
    this.dotScale = Math.max(0.6, Math.min(1, Math.sqrt(width / 800)));
  }

  // Shows a slice of time; `fade` says whether the change may be seen happening.
  show(slice, fade) {
    this.slice = slice;
    this.ranking = slice.ranking;
    this.from = { radii: [...this.radii], alphas: new Map([...this.ties].map(([key, tie]) => [key, tie.alpha])) };
    this.to = slice.degrees.map((degree) => (degree ? 2.6 + 1.7 * Math.sqrt(degree) : 1.8));
    for (const [key, tie] of slice.ties) this.ties.set(key, { ...tie, alpha: this.from.alphas.get(key) ?? 0 });
    cancelAnimationFrame(this.frame);
    if (!fade) return this.step(1);
    const begun = performance.now();
    const next = (now) => {
      const part = Math.min(1, Math.max(0, (now - begun) / FADE));
      this.step(part);
      if (part < 1) this.frame = requestAnimationFrame(next);
    };
    this.frame = requestAnimationFrame(next);
  }

  step(part) {
    this.radii = this.to.map((goal, index) => between(this.from.radii[index], goal, part));
    for (const [key, tie] of this.ties) {
      tie.alpha = between(this.from.alphas.get(key) ?? 0, this.slice.ties.has(key) ? 1 : 0, part);
      if (part === 1 && tie.alpha === 0) this.ties.delete(key);
    }
    this.draw();
  }

  place(index) {
    const [x, y] = this.places[index];
    const { width, height } = this.size;
    return [width / 2 + (x - width / 2) * this.view.scale + this.view.x, height / 2 + (y - height / 2) * this.view.scale + this.view.y];
  }

  zoom(factor) {
    const scale = Math.min(8, Math.max(1, this.view.scale * factor));
    const change = scale / this.view.scale;
    this.view = scale === 1 ? { scale, x: 0, y: 0 } : { scale, x: this.view.x * change, y: this.view.y * change };
    this.draw();
  }

  pan(across, down) {
    const reach = this.view.scale * Math.max(this.size.width, this.size.height) / 2;
    const keep = (value) => Math.min(reach, Math.max(-reach, value));
    this.view = { ...this.view, x: keep(this.view.x + across), y: keep(this.view.y + down) };
    this.draw();
  }

  mark(index) {
    if (index === this.marked) return;
    this.marked = index;
    this.draw();
  }

  // The actor at a point of the canvas, the nearest within a finger's reach, or null.
  at(x, y, reach) {
    let found = null;
    let nearest = Infinity;
    for (let index = 0; index < this.actors.length; index += 1) {
      const [dotX, dotY] = this.place(index);
      const distance = Math.hypot(dotX - x, dotY - y) - this.radii[index] * this.dotScale;
      if (distance < Math.min(nearest, reach) && this.slice.degrees[index]) [found, nearest] = [index, distance];
    }
    return found;
  }

  draw() {
    if (!this.slice) return;
    const { context, size } = this;
    context.clearRect(0, 0, size.width, size.height);
    const near = new Set([this.marked]);
    for (const tie of this.ties.values()) {
      const touches = tie.source === this.marked || tie.target === this.marked;
      if (touches) near.add(tie.source).add(tie.target);
      this.drawTie(tie, this.marked === null ? 0.45 : touches ? 0.85 : 0.08);
    }
    for (let index = 0; index < this.actors.length; index += 1) {
      this.drawDot(index, this.marked === null || near.has(index) ? 1 : 0.3);
    }
    context.globalAlpha = 1;
    this.drawLabels();
  }

  drawTie(tie, strength) {
    const { context } = this;
    const [startX, startY] = this.place(tie.source);
    const [endX, endY] = this.place(tie.target);
    context.globalAlpha = strength * tie.alpha;
    context.strokeStyle = this.tones[this.actors[tie.source].group];
    context.lineWidth = Math.min(0.8 + 0.5 * tie.count, 4) * this.dotScale;
    context.beginPath();
    context.moveTo(startX, startY);
    context.quadraticCurveTo((startX + endX) / 2 - BEND * (endY - startY), (startY + endY) / 2 + BEND * (endX - startX), endX, endY);
    context.stroke();
  }

  drawDot(index, strength) {
    const { context } = this;
    const [x, y] = this.place(index);
    const here = this.slice.degrees[index] > 0;
    context.globalAlpha = strength;
    context.beginPath();
    context.arc(x, y, this.radii[index] * this.dotScale, 0, 2 * Math.PI);
    context.fillStyle = here ? this.tones[this.actors[index].group] : this.colours.away;
    context.fill();
    if (!here) return;
    context.lineWidth = index === this.marked ? 2.5 : 1;
    context.strokeStyle = index === this.marked ? this.colours.ink : this.colours.ground;
    context.stroke();
  }

  drawLabels() {
    const most = this.size.width < 500 ? 6 : 14;
    const order = this.ranking.slice(0, 3 * most).filter((index) => index !== this.marked);
    if (this.marked !== null) order.unshift(this.marked);
    this.context.font = `600 12px ${this.font}`;
    const dots = order.slice(0, most).map((index) => this.dotBox(index));
    const taken = [];
    let told = 0;
    for (const index of order) {
      if (told === most) return;
      // A name keeps clear of the big dots where it can; the first names are worth covering one.
      const place = this.labelPlace(index, [...taken, ...dots]) ?? (told < most / 2 && this.labelPlace(index, taken));
      if (!place) continue;
      this.drawLabel(shorten(this.actors[index].label), place);
      taken.push(place);
      told += 1;
    }
  }

  dotBox(index) {
    const [x, y] = this.place(index);
    const reach = 0.7 * this.radii[index] * this.dotScale;
    return [x - reach, y - reach, x + reach, y + reach];
  }

  labelPlace(index, taken) {
    const [x, y] = this.place(index);
    const width = this.context.measureText(shorten(this.actors[index].label)).width;
    const gap = this.radii[index] * this.dotScale + 4;
    const places = [
      [x + gap, y - 8, x + gap + width, y + 8],
      [x - gap - width, y - 8, x - gap, y + 8],
      [x - width / 2, y - gap - 16, x + width / 2, y - gap],
      [x - width / 2, y + gap, x + width / 2, y + gap + 16],
    ];
    const inside = (box) => box[0] >= 4 && box[2] <= this.size.width - 4 && box[1] >= 0 && box[3] <= this.size.height;
    return places.find((box) => inside(box) && !taken.some((other) => meet(box, other)));
  }

  drawLabel(text, place) {
    const { context, colours } = this;
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = colours.ground;
    context.fillStyle = colours.ink;
    context.strokeText(text, place[0], (place[1] + place[3]) / 2);
    context.fillText(text, place[0], (place[1] + place[3]) / 2);
  }
}
