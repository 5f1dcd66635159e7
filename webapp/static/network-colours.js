// What actors can be coloured by: the groups with their tones, and the place of an actor's group among them.

const ROLES = [["Mostly gives", "c2"], ["Mostly receives", "c1"], ["Gives and receives", "c5"]];

// What an actor is in the transfer of a window: more than twice as much one way as the other, or both ways.
function role(slice, actor) {
  const [given, received] = [slice.given[actor], slice.received[actor]];
  if (given > 2 * received) return 0;
  return received > 2 * given ? 1 : 2;
}

// The colouring of that name; the one by region where the page does not know it.
export function colouring(network, name) {
  if (name === "role") return { groups: ROLES.map(([label, tone]) => ({ name: label, tone })), of: role };
  if (name === "community" && network.communities) {
    const { groups, of } = network.communities;
    return { groups, of: (slice, actor, position) => of[position][actor] };
  }
  const { groups, of } = network.colourings[name] ?? network.colourings.region;
  return { groups, of: (slice, actor) => of[actor] };
}
