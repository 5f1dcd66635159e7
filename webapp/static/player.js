// The page that plays by itself: one window at a time in the picture, the sentence and the table. Every word of the
// data becomes a text node or is painted; nothing is fetched.

const network = JSON.parse(document.getElementById("network").textContent);
const find = (id) => document.getElementById(id);
const LISTED = 500;
const NAMED = 14;
const BEND = 0.14;
const canvas = find("picture");
const context = canvas.getContext("2d");
const slider = find("window");
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
let playing = null;

const holds = (tie, span) => tie.start < span.to && (tie.end === null || tie.end > span.from);
const colour = (actor) => network.groups[network.actors[actor].group].colour;

function element(name, ...children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

function degrees(ties) {
  const met = new Map();
  for (const { source, target } of ties) {
    if (source === target) continue;
    for (const [one, other] of [[source, target], [target, source]]) {
      if (!met.has(one)) met.set(one, new Set());
      met.get(one).add(other);
    }
  }
  return new Map([...met].map(([actor, others]) => [actor, others.size]));
}

function drawTie({ source, target }) {
  const [from, to] = [network.actors[source], network.actors[target]];
  const bendX = (from.x + to.x) / 2 - BEND * (to.y - from.y);
  const bendY = (from.y + to.y) / 2 + BEND * (to.x - from.x);
  context.strokeStyle = colour(source);
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.quadraticCurveTo(bendX, bendY, to.x, to.y);
  context.stroke();
}

function drawDot(actor, degree) {
  const { x, y } = network.actors[actor];
  context.fillStyle = degree ? colour(actor) : "#c4cbc7";
  context.beginPath();
  context.arc(x, y, degree ? 2.6 + 1.7 * Math.sqrt(degree) : 1.8, 0, 2 * Math.PI);
  context.fill();
}

function drawNames(ranked) {
  const taken = [];
  for (const actor of ranked.slice(0, 2 * NAMED)) {
    const { x, y, name } = network.actors[actor];
    const text = name.length > 28 ? `${name.slice(0, 27)}…` : name;
    const width = context.measureText(text).width;
    const left = x + 12 + width < network.width ? x + 12 : x - 12 - width;
    const meets = taken.some((box) => left < box.right && box.left < left + width && Math.abs(box.y - y) < 16);
    if (meets || taken.length === NAMED) continue;
    taken.push({ left, right: left + width, y });
    context.strokeText(text, left, y);
    context.fillText(text, left, y);
  }
}

function draw(ties) {
  const met = degrees(ties);
  context.clearRect(0, 0, network.width, network.height);
  context.lineWidth = 1.2;
  context.globalAlpha = 0.45;
  ties.filter(({ source, target }) => source !== target).forEach(drawTie);
  context.globalAlpha = 1;
  network.actors.forEach((_, actor) => drawDot(actor, met.get(actor) ?? 0));
  context.font = "600 12px system-ui, sans-serif";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = "#ffffff";
  context.fillStyle = "#17211f";
  drawNames([...met.keys()].sort((one, other) => met.get(other) - met.get(one) || one - other));
  return met.size;
}

function list(ties) {
  const rows = ties.slice(0, LISTED).map(({ source, target, channel, first, last }) =>
    element("tr", ...[network.actors[source].name, network.actors[target].name, channel, first, last || "goes on"].map((text) => element("td", text))));
  find("ties").replaceChildren(...rows);
}

function show(position) {
  const span = network.windows[position];
  const ties = network.ties.filter((tie) => holds(tie, span));
  const actors = draw(ties);
  list(ties);
  slider.value = position;
  slider.setAttribute("aria-valuetext", span.label);
  find("told").textContent = `${span.label}: actors ${actors}, contacts ${ties.length}.`;
  find("listed").textContent = ties.length > LISTED ? `The first ${LISTED} of ${ties.length} contacts in ${span.label}` : `Contacts in ${span.label}`;
}

function stop() {
  clearInterval(playing);
  playing = null;
  find("play").textContent = "Play";
}

function step() {
  const next = Number(slider.value) + 1;
  if (next < network.windows.length) show(next);
  if (next >= network.windows.length - 1) stop();
}

function play() {
  if (playing) return stop();
  if (Number(slider.value) === network.windows.length - 1) show(0);
  find("play").textContent = "Pause";
  playing = setInterval(step, Number(find("speed").value));
}

function fit() {
  const ratio = Math.max(1, window.devicePixelRatio || 1);
  canvas.width = network.width * ratio;
  canvas.height = network.height * ratio;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
}

function colourKey() {
  for (const group of network.groups) {
    const dot = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const circle = document.createElementNS("http://www.w3.org/2000/svg", "circle");
    for (const [name, value] of [["cx", "50%"], ["cy", "50%"], ["r", "50%"], ["fill", group.colour]]) circle.setAttribute(name, value);
    dot.append(circle);
    find("key").append(element("li", dot, group.name));
  }
}

slider.max = network.windows.length - 1;
slider.addEventListener("input", () => show(Number(slider.value)));
find("play").addEventListener("click", play);
find("speed").addEventListener("change", () => { if (playing) { stop(); play(); } });
fit();
colourKey();
show(calm.matches ? network.windows.length - 1 : 0);
