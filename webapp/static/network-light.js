// The picture in WebGL2: everything is sent once; a year, a zoom or a colour is a handful of numbers.

import { DOTS, DOT_PIXEL, TIES, TIE_PIXEL } from "./network-shaders.js";

const WIDE = 1024;
const AMOUNTS = ["partners", "given", "received", "tones"];
const SEGMENTS = 8;
// Beyond so many ties they are straight lines without smoothing, so that a machine without a graphics card keeps up.
const BENT_UP_TO = 4000;

export function openLight(canvas, scene) {
  const gl = canvas.getContext("webgl2", { alpha: false, antialias: scene.columns.ties <= BENT_UP_TO, preserveDrawingBuffer: true });
  return gl ? new LightPainter(gl, scene) : null;
}

class LightPainter {
  constructor(gl, scene) {
    this.gl = gl;
    this.scene = scene;
    this.segments = scene.columns.ties <= BENT_UP_TO ? SEGMENTS : 0;
    this.ties = this.program(TIES, TIE_PIXEL);
    this.dots = this.program(DOTS, DOT_PIXEL);
    this.sendTies();
    this.sendDots();
    this.sendAmounts();
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
  }

  program(vertex, pixel) {
    const { gl } = this;
    const made = gl.createProgram();
    for (const [kind, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, pixel]]) {
      const shader = gl.createShader(kind);
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(made, shader);
    }
    gl.linkProgram(made);
    if (!gl.getProgramParameter(made, gl.LINK_STATUS) && !gl.isContextLost()) {
      const told = gl.getAttachedShaders(made).map((shader) => gl.getShaderInfoLog(shader));
      throw new Error([gl.getProgramInfoLog(made), ...told].join(" "));
    }
    const spots = new Map();
    return { made, array: gl.createVertexArray(), spot: (name) => {
      if (!spots.has(name)) spots.set(name, gl.getUniformLocation(made, name));
      return spots.get(name);
    } };
  }

  send(location, array, width, usage = this.gl.STATIC_DRAW) {
    const { gl } = this;
    const buffer = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, array, usage);
    gl.enableVertexAttribArray(location);
    if (array instanceof Int32Array) gl.vertexAttribIPointer(location, width, gl.INT, 0, 0);
    else if (array instanceof Int16Array) gl.vertexAttribPointer(location, width, gl.SHORT, true, 0, 0);
    else gl.vertexAttribPointer(location, width, gl.UNSIGNED_BYTE, false, 0, 0);
    return buffer;
  }

  // Every corner of a tie has the whole tie beside it: drawing in instances is slow where software draws.
  sendTies() {
    const { gl, scene: { columns } } = this;
    const corners = 2 * this.segments + 2;
    const ends = new Int32Array(2 * corners * columns.ties);
    const days = new Int32Array(2 * corners * columns.ties);
    const places = new Int16Array(4 * corners * columns.ties);
    const planned = new Uint8Array(corners * columns.ties);
    for (let corner = 0; corner < corners * columns.ties; corner += 1) {
      const tie = Math.floor(corner / corners);
      const [source, target] = [columns.source[tie], columns.target[tie]];
      ends.set([source, target], 2 * corner);
      days.set([columns.start[tie], columns.end[tie]], 2 * corner);
      places.set([columns.across[source], columns.down[source], columns.across[target], columns.down[target]], 4 * corner);
      planned[corner] = columns.planned[tie];
    }
    gl.bindVertexArray(this.ties.array);
    [ends, days].forEach((array, location) => this.send(location, array, 2));
    this.send(2, places, 4);
    this.send(3, planned, 1);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, this.triangles(corners), gl.STATIC_DRAW);
  }

  triangles(corners) {
    const { ties } = this.scene.columns;
    const found = new Uint32Array(6 * this.segments * ties);
    for (let at = 0; at < this.segments * ties; at += 1) {
      const first = corners * Math.floor(at / this.segments) + 2 * (at % this.segments);
      found.set([first, first + 1, first + 2, first + 1, first + 2, first + 3], 6 * at);
    }
    return found;
  }

  sendDots() {
    const { columns } = this.scene;
    const places = new Int16Array(2 * columns.actors);
    for (let actor = 0; actor < columns.actors; actor += 1) places.set([columns.across[actor], columns.down[actor]], 2 * actor);
    this.gl.bindVertexArray(this.dots.array);
    this.send(0, places, 2);
    this.near = this.send(1, new Uint8Array(columns.actors), 1, this.gl.DYNAMIC_DRAW);
  }

  recolour() {
    this.gl.deleteTexture(this.amounts);
    this.sendAmounts();
  }

  // How much every actor has in every window, and its colour, as one texture.
  sendAmounts() {
    const { gl, scene: { columns, slices } } = this;
    this.rows = Math.ceil(columns.actors / WIDE);
    const amounts = new Uint16Array(4 * WIDE * this.rows * slices.length);
    slices.forEach((slice, at) => {
      for (let actor = 0; actor < columns.actors; actor += 1) {
        AMOUNTS.forEach((name, channel) => { amounts[4 * (at * this.rows * WIDE + actor) + channel] = slice[name][actor]; });
      }
    });
    this.amounts = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, this.amounts);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA16UI, WIDE, this.rows * slices.length, 0, gl.RGBA_INTEGER, gl.UNSIGNED_SHORT, amounts);
    for (const side of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, side, gl.NEAREST);
  }

  resize(width, height, ratio) {
    const { gl } = this;
    Object.assign(gl.canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
    gl.viewport(0, 0, gl.canvas.width, gl.canvas.height);
    Object.assign(this, { size: [width, height], ratio });
  }

  paint(frame) {
    const { gl, scene: { columns, colours } } = this;
    gl.clearColor(...rgb(colours.ground), 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
    const { spot } = this.use(this.ties, frame);
    gl.uniform2i(spot("u_now"), frame.now.window.from, frame.now.window.to);
    gl.uniform2i(spot("u_before"), frame.before.window.from, frame.before.window.to);
    gl.uniform1i(spot("u_segments"), this.segments);
    if (this.segments) gl.drawElements(gl.TRIANGLES, 6 * this.segments * columns.ties, gl.UNSIGNED_INT, 0);
    else gl.drawArrays(gl.LINES, 0, 2 * columns.ties);
    this.paintDots(frame);
  }

  paintDots(frame) {
    const { gl, scene: { columns, colours } } = this;
    const { spot } = this.use(this.dots, frame);
    this.sendNear(frame.near);
    for (const [name, colour] of [["u_away", colours.away], ["u_ink", colours.ink], ["u_ground", colours.ground]]) {
      gl.uniform3fv(spot(name), rgb(colour));
    }
    gl.uniform1f(spot("u_ratio"), this.ratio);
    gl.uniform1i(spot("u_before_at"), this.scene.slices.indexOf(frame.before));
    gl.uniform1i(spot("u_size_by"), AMOUNTS.indexOf(frame.sizeBy));
    gl.drawArrays(gl.POINTS, 0, columns.actors);
  }

  sendNear(near) {
    if (near === this.told) return;
    this.told = near;
    const { gl } = this;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.near);
    gl.bufferSubData(gl.ARRAY_BUFFER, 0, Uint8Array.from({ length: this.scene.columns.actors }, (_, actor) => Number(near?.has(actor) ?? 0)));
  }

  use(program, frame) {
    const { gl, scene: { colours, slices } } = this;
    const { spot } = program;
    gl.useProgram(program.made);
    gl.bindVertexArray(program.array);
    gl.uniform2f(spot("u_size"), ...this.size);
    gl.uniform2f(spot("u_offset"), ...frame.offset);
    for (const [name, value] of [["u_scale", frame.scale], ["u_grain", frame.grain], ["u_part", frame.part]]) gl.uniform1f(spot(name), value);
    const whole = { u_marked: frame.marked ?? -1, u_amounts: 0, u_rows: this.rows, u_now_at: slices.indexOf(frame.now) };
    for (const [name, value] of Object.entries(whole)) gl.uniform1i(spot(name), value);
    gl.uniform3fv(spot("u_tones"), colours.tones.flatMap(rgb));
    return program;
  }
}

// "rgb(12, 34, 56)", as every browser writes a computed colour, in parts of 1.
function rgb(colour) {
  return colour.match(/[\d.]+/g).slice(0, 3).map((part) => part / 255);
}
