// What the console's pages do beyond showing themselves; each of them works without it too.
"use strict";

// The server writes times in this zone.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const zoneCookie = "alga_zone=" + encodeURIComponent(zone);
if (!document.cookie.split("; ").includes(zoneCookie)) {
  document.cookie = zoneCookie + "; path=/admin; SameSite=Lax; max-age=31536000";
  const times = document.querySelector("time, [data-chart]");
  if (times && document.cookie.includes(zoneCookie)) location.reload();
}

// A question takes the keyboard until it is answered; whoever leaves it does not come back to it by going
// back in the history, nor to the answer with a code, which a browser would have to send again.
for (const dialog of document.querySelectorAll("dialog[open]")) {
  dialog.close();
  dialog.showModal();
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    dialog.querySelector("[data-back]")?.click();
  });
  dialog.querySelector("[data-back]")?.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    location.replace(event.currentTarget.href);
  });
}

// A form is sent once, however often its button is pressed; back in the history it is usable again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "true";
  form.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent, form.removeAttribute("aria-busy");
});

// Copying, where the browser lets us.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent.trim());
    button.textContent = button.dataset.copied;
  });
}

// "/" goes to the search, as in a terminal.
document.addEventListener("keydown", (event) => {
  const search = document.querySelector("input[type=search]");
  const typing = event.target.closest("input, select, textarea");
  if (event.key === "/" && search && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    search.focus();
    search.select();
  }
});

// Small charts: one line or one row of bars, no axes; the numbers are in the text beside them.
for (const figure of document.querySelectorAll("[data-chart]")) {
  const values = figure.dataset.chart.split(",").map(Number);
  const style = getComputedStyle(figure);
  const color = style.getPropertyValue("--pico-primary").trim() || style.color;
  const bars = uPlot.paths.bars({ size: [0.8, 40], radius: 0.15 });
  const size = () => ({ width: Math.max(figure.clientWidth, 80), height: figure.clientHeight || 80 });
  const plot = new uPlot(
    {
      ...size(),
      cursor: { show: false },
      legend: { show: false },
      axes: [{ show: false }, { show: false }],
      padding: [4, 4, 2, 4],
      scales: { x: { time: false, range: [-0.6, values.length - 0.4] }, y: { range: [0, Math.max(...values, 1)] } },
      series: [{}, { stroke: color, fill: color, width: 0, paths: bars, points: { show: false } }],
    },
    [values.map((_, i) => i), values],
    figure,
  );
  new ResizeObserver(() => plot.setSize(size())).observe(figure);
}
