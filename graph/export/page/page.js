"use strict";
(function () {
  const drawing = JSON.parse(document.getElementById("drawing").textContent);
  const picture = document.getElementById("picture");
  picture.style.height = Math.min(640, Math.max(200, 60 + drawing.ratio * picture.clientWidth)) + "px";
  const network = new vis.Network(picture, drawing, drawing.options);
  const rows = Array.from(document.querySelectorAll("tr[data-line]"));
  network.on("click", function (event) {
    const node = event.nodes.length ? event.nodes[0] : "";
    const card = drawing.cards[node] || null;
    const hit = node ? [node] : event.edges;
    const lines = hit.map((id) => drawing.lines[String(id).replace(/-(label|a|b)$/, "")]);
    let first = null;
    for (const row of rows) {
      const of = row.dataset;
      const chosen = lines.includes(of.line) || (card !== null && [of.tail, of.head].includes(card));
      row.classList.toggle("chosen", chosen);
      first = first || (chosen ? row : null);
    }
    if (first) first.scrollIntoView({ block: "nearest" });
  });
  network.once("afterDrawing", function () { network.fit(); picture.dataset.drawn = "yes"; });
})();
