// The picture on a plain canvas, for browsers without WebGL2. The same scene and frame as network-light.js.

import { radius } from "./network-columns.js";

const BEND = 0.14;
const between = (start, end, part) => start + (end - start) * part;

export class FlatPainter {
  constructor(canvas, scene) {
    this.canvas = canvas;
    this.scene = scene;
    this.context = canvas.getContext("2d");
  }

  // Colours are read anew for every frame.
  recolour() {}

  resize(width, height, ratio) {
    this.size = { width, height };
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  paint(frame) {
    const { context, size, scene: { columns, colours } } = this;
    context.globalAlpha = 1;
    context.fillStyle = colours.ground;
    context.fillRect(0, 0, size.width, size.height);
    const { before, now, part } = frame;
    context.lineWidth = 1.3 * frame.grain;
    for (let tie = 0; tie < columns.ties; tie += 1) {
      const life = between(columns.holds(tie, before.window), columns.holds(tie, now.window), part);
      if (life) this.paintTie(frame, tie, life);
    }
    for (let actor = 0; actor < columns.actors; actor += 1) this.paintDot(frame, actor);
  }

  paintTie(frame, tie, life) {
    const { context, scene: { columns, colours } } = this;
    const { source, target } = columns;
    const touches = source[tie] === frame.marked || target[tie] === frame.marked;
    const [startX, startY] = frame.place(source[tie]);
    const [endX, endY] = frame.place(target[tie]);
    context.globalAlpha = life * (frame.marked === null ? 0.45 : touches ? 0.85 : 0.08);
    context.strokeStyle = colours.tones[frame.now.tones[source[tie]]];
    context.setLineDash(columns.planned[tie] ? [4, 4] : []);
    context.beginPath();
    context.moveTo(startX, startY);
    context.quadraticCurveTo((startX + endX) / 2 - BEND * (endY - startY), (startY + endY) / 2 + BEND * (endX - startX), endX, endY);
    context.stroke();
  }

  paintDot(frame, actor) {
    const { context, scene: { colours } } = this;
    const { before, now, part, marked, near } = frame;
    context.setLineDash([]);
    const here = now.partners[actor] > 0;
    const [x, y] = frame.place(actor);
    context.globalAlpha = near && !near.has(actor) ? 0.3 : 1;
    context.beginPath();
    context.arc(x, y, frame.grain * between(radius(before[frame.sizeBy][actor]), radius(now[frame.sizeBy][actor]), part), 0, 2 * Math.PI);
    context.fillStyle = here ? colours.tones[now.tones[actor]] : colours.away;
    context.fill();
    if (!here) return;
    context.lineWidth = actor === marked ? 2.5 : 1;
    context.strokeStyle = actor === marked ? colours.ink : colours.ground;
    context.stroke();
  }
}
