// The matrix as one stop of the Tab key: inside it the arrow keys move from cell to cell. Without this, Tab visits each.
"use strict";

(() => {
  const table = document.getElementById("matrix");
  if (!table) return;
  const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].slice(1).map((cell) => cell.querySelector("a")));
  const all = rows.flat().filter(Boolean);
  const start = document.getElementById(location.hash.slice(1));
  let current = all.includes(start) ? start : all[0];
  for (const link of all) link.tabIndex = link === current ? 0 : -1;
  if (current && current === start) current.focus();

  const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

  function next(row, column, [down, right]) {
    for (row += down, column += right; rows[row] && column in rows[row]; row += down, column += right) {
      if (rows[row][column]) return rows[row][column];
    }
    return null;
  }

  function ends(key, row) {
    const links = rows[row].filter(Boolean);
    return key === "Home" ? links[0] : links[links.length - 1];
  }

  function move(link) {
    current.tabIndex = -1;
    current = link;
    current.tabIndex = 0;
    current.focus();
  }

  table.addEventListener("keydown", (event) => {
    const row = rows.findIndex((links) => links.includes(event.target));
    if (row < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = steps[event.key];
    const end = event.key === "Home" || event.key === "End";
    if (!step && !end) return;
    const target = end ? ends(event.key, row) : next(row, rows[row].indexOf(event.target), step);
    event.preventDefault();
    if (target) move(target);
  });
})();
