// The network's ties as typed arrays, read from the columns of webapp/presenters/network/columns.py, and what of
// them holds in a window.

const PLACE = 32767;

export class Columns {
  constructor(buffer, labels) {
    const [actors, ties] = new Uint32Array(buffer, 0, 2);
    let offset = 8;
    const column = (Kind, length) => {
      const made = new Kind(buffer, offset, length);
      offset += made.byteLength;
      return made;
    };
    Object.assign(this, { actors, ties });
    for (const name of ["source", "target", "start", "end"]) this[name] = column(Int32Array, ties);
    for (const name of ["across", "down"]) this[name] = column(Int16Array, actors);
    this.planned = column(Uint8Array, ties);
    this.alphabet = new Int32Array(actors);
    const { compare } = new Intl.Collator(document.documentElement.lang || "en");
    const named = labels.map((label, index) => [label, index]).sort((one, other) => compare(one[0], other[0]));
    named.forEach(([, index], rank) => { this.alphabet[index] = rank; });
    this.numberPairs();
  }

  static async fetch(address, labels) {
    const answer = await fetch(address, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return new Columns(await answer.arrayBuffer(), labels);
  }

  // Two actors are one pair, whichever way their ties run.
  numberPairs() {
    const known = new Map();
    this.pair = new Int32Array(this.ties);
    for (let tie = 0; tie < this.ties; tie += 1) {
      const [one, other] = [this.source[tie], this.target[tie]];
      const key = Math.min(one, other) * this.actors + Math.max(one, other);
      if (!known.has(key)) known.set(key, known.size);
      this.pair[tie] = known.get(key);
    }
    this.pairs = known.size;
  }

  place(actor) {
    return [this.across[actor] / PLACE, this.down[actor] / PLACE];
  }

  holds(tie, { from, to }) {
    return this.start[tie] < to && this.end[tie] > from;
  }

  // For every actor the number of different others and of ties given and received, and who is most tied.
  cut(window) {
    const [partners, given, received] = [0, 1, 2].map(() => new Uint16Array(this.actors));
    const met = new Uint8Array(this.pairs);
    for (let tie = 0; tie < this.ties; tie += 1) {
      if (!this.holds(tie, window)) continue;
      const [source, target, pair] = [this.source[tie], this.target[tie], this.pair[tie]];
      given[source] += 1;
      received[target] += 1;
      if (met[pair]) continue;
      met[pair] = 1;
      partners[source] += 1;
      partners[target] += 1;
    }
    const present = [...partners.keys()].filter((actor) => partners[actor]);
    const ranking = present.sort((one, other) => partners[other] - partners[one] || this.alphabet[one] - this.alphabet[other]);
    return { window, partners, given, received, ranking };
  }

  neighbours(actor, window) {
    const near = new Set([actor]);
    for (let tie = 0; tie < this.ties; tie += 1) {
      if (this.source[tie] !== actor && this.target[tie] !== actor) continue;
      if (this.holds(tie, window)) near.add(this.source[tie]).add(this.target[tie]);
    }
    return near;
  }
}

export function radius(amount) {
  return amount ? 2.6 + 1.7 * Math.sqrt(amount) : 1.8;
}
