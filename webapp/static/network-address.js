// What of the network page its address holds, so that a view can be shared, printed and gone back to.

const HELD = ["at", "colour", "size", "pick", "view"];

export function held() {
  const given = new URL(window.location.href).searchParams;
  return Object.fromEntries(HELD.map((name) => [name, given.get(name) ?? ""]));
}

// `push` makes it a step that the browser's way back undoes.
export function hold(changes, push = false) {
  const address = new URL(window.location.href);
  for (const [name, value] of Object.entries(changes)) {
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  }
  if (address.href === window.location.href) return;
  window.history[push ? "pushState" : "replaceState"](null, "", address);
  carry();
}

// Tabs and levels lead on with what of the address the page behind them knows too, as webapp/urls/tabs.py and the page
// write it, and the form asks its question with what is held.
export function carry() {
  const { searchParams: given } = new URL(window.location.href);
  for (const link of document.querySelectorAll("[data-keeps]")) {
    const pairs = link.dataset.keeps.split(" ").flatMap((name) => given.getAll(name).filter(Boolean).map((value) => (
      name === "known" ? ["filter", `known=${value}`] : [name, value])));
    const own = link.dataset.level ? [["level", link.dataset.level]] : [];
    link.search = new URLSearchParams([...own, ...pairs]);
  }
  for (const field of document.querySelectorAll("[data-held]")) {
    field.value = given.get(field.name) ?? "";
    field.disabled = !field.value;
  }
}
