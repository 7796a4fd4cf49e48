// The SVG comes from an allow-list of elements and attributes. It is parsed as XML and moved in;
// record text enters the page as text alone.
const XML = "http://www.w3.org/2000/svg";
const mounted = new WeakMap();

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let state = mounted.get(parentElement);
  if (!state) {
    state = { svg: null };
    mounted.set(parentElement, state);
    for (const button of parentElement.querySelectorAll("[data-zoom]")) {
      button.addEventListener("click", () => zoom(state, button.dataset.zoom));
    }
  }
  state.choose = (name) => {
    setTriggerValue("chosen", name);
    parentElement.querySelector(".said").textContent = "Chosen: " + data.parts[name];
  };
  if (state.source !== data.svg) draw(state, parentElement.querySelector(".stage"), data);
  for (const [name, part] of state.parts) {
    part.classList.toggle("chosen", name === data.chosen);
    part.setAttribute("aria-pressed", String(name === data.chosen));
  }
}

function draw(state, stage, data) {
  const parsed = new DOMParser().parseFromString(data.svg, "image/svg+xml").documentElement;
  const svg = document.importNode(parsed, true);
  svg.setAttribute("role", "group");
  svg.setAttribute("aria-label", data.title);
  const [width, height] = svg.getAttribute("viewBox").split(/\s+/).slice(2).map(Number);
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  svg.style.maxWidth = Math.round(width * 1.6) + "px"; // a short path is not blown up
  svg.style.margin = "0 auto";
  state.source = data.svg;
  state.svg = svg;
  state.whole = [0, 0, width, height];
  state.box = state.whole.slice();
  state.parts = new Map();
  for (const [name, said] of Object.entries(data.parts)) {
    const part = svg.getElementById ? svg.getElementById(name) : svg.querySelector("#" + name);
    if (!part) continue;
    part.classList.add("part");
    part.setAttribute("tabindex", "0");
    part.setAttribute("role", "button");
    part.setAttribute("aria-label", said);
    outline(part);
    part.addEventListener("click", () => { if (!state.moved) state.choose(name); });
    part.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      state.choose(name);
    });
    state.parts.set(name, part);
  }
  pan(state, svg);
  stage.replaceChildren(svg);
  for (const text of svg.querySelectorAll("text[textLength]")) unstretch(text);
}

// A text is squeezed into the room that it was laid out in, and never stretched to it.
function unstretch(text) {
  const room = text.getAttribute("textLength");
  text.removeAttribute("textLength");
  if (text.getComputedTextLength() > Number(room)) text.setAttribute("textLength", room);
}

// A wide unseen line to hit, and a halo behind that shows what is chosen or has the focus.
function outline(part) {
  const shape = part.querySelector("path");
  if (!shape) return;
  const halo = document.createElementNS(XML, "path");
  halo.setAttribute("d", shape.getAttribute("d"));
  halo.setAttribute("class", "halo");
  halo.setAttribute("stroke-width", String(Number(shape.getAttribute("stroke-width") || 1) + 7));
  part.insertBefore(halo, shape);
  if (shape.getAttribute("fill") !== "none") return;
  const hit = halo.cloneNode();
  hit.setAttribute("class", "hit");
  part.appendChild(hit);
}

function show(state) {
  state.svg.setAttribute("viewBox", state.box.map((number) => number.toFixed(2)).join(" "));
}

function zoom(state, by) {
  if (by === "fit") state.box = state.whole.slice();
  else {
    const [x, y, width, height] = state.box;
    const factor = Number(by);
    const [w, h] = [width / factor, height / factor];
    if (w < state.whole[2] / 12 || w > state.whole[2] * 2) return;
    state.box = [x + (width - w) / 2, y + (height - h) / 2, w, h];
  }
  show(state);
}

function pan(state, svg) {
  let from = null;
  svg.addEventListener("pointerdown", (event) => {
    from = { x: event.clientX, y: event.clientY, box: state.box.slice() };
    state.moved = false;
  });
  svg.addEventListener("pointermove", (event) => {
    if (!from) return;
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    if (!state.moved && Math.hypot(dx, dy) < 5) return;
    state.moved = true;
    svg.classList.add("moving");
    svg.setPointerCapture(event.pointerId);
    const scale = 1 / svg.getScreenCTM().a;
    state.box = [from.box[0] - dx * scale, from.box[1] - dy * scale, from.box[2], from.box[3]];
    show(state);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    svg.addEventListener(end, () => {
      from = null;
      svg.classList.remove("moving");
      setTimeout(() => { state.moved = false; }, 0);
    });
  }
}
