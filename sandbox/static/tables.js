"use strict";
// Paging and sorting of data tables.
(() => {
  function turn(button) {
    const table = button.closest(".data-table");
    const size = Number(table.dataset.page);
    const rows = [...table.querySelectorAll("tbody tr")];
    const last = Math.ceil(rows.length / size) - 1;
    const page = Math.max(0, Math.min(last, Number(table.dataset.at || 0) + Number(button.dataset.turn || 0)));
    table.dataset.at = page;
    rows.forEach((row, place) => { row.hidden = Math.floor(place / size) !== page; });
    const pager = table.querySelector(".pager");
    if (!pager) return;
    pager.querySelector("span").textContent = `${page * size + 1}–${Math.min(rows.length, (page + 1) * size)} of ${rows.length}`;
    pager.querySelector('[data-turn="-1"]').disabled = page === 0;
    pager.querySelector('[data-turn="1"]').disabled = page === last;
  }

  function sort(button) {
    const head = button.closest("th");
    const table = button.closest(".data-table");
    const column = [...head.parentNode.children].indexOf(head);
    const down = head.getAttribute("aria-sort") === "ascending";
    head.parentNode.querySelectorAll("th").forEach((th) => th.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const worth = (row) => { const cell = row.children[column]; return cell.dataset.value !== undefined ? Number(cell.dataset.value) : cell.textContent; };
    const rows = [...table.querySelectorAll("tbody tr")];
    rows.sort((a, b) => { const x = worth(a), y = worth(b); return (typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y))) * (down ? -1 : 1); });
    table.querySelector("tbody").append(...rows);
    table.dataset.at = 0;
    turn(button);
  }

  document.addEventListener("click", (event) => {
    const node = event.target.closest("button");
    if (node?.dataset.turn) turn(node);
    else if (node?.classList.contains("sort")) sort(node);
  });
})();
