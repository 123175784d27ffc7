// Additions to the pages of the console. Every page also works without this script.
"use strict";

// This cookie tells the server the time zone for the times on pages.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const zoneCookie = "alga_zone=" + encodeURIComponent(zone);
if (!document.cookie.split("; ").includes(zoneCookie)) {
  document.cookie = zoneCookie + "; path=/admin; SameSite=Lax; max-age=31536000";
  const times = document.querySelector("time, [data-chart]");
  if (times && document.cookie.includes(zoneCookie)) location.reload();
}

// A question keeps the keyboard focus until it is answered. "Back" in the history does not return to a question that
// was left. Nor does it return to the answer with a code, because the browser would have to send the form again.
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

// A form is sent once, however often its button is pressed. After "Back" in the history it can be sent again.
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

// The buttons to copy a text are shown only if the browser allows copying.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent.trim());
    button.textContent = button.dataset.copied;
  });
}

// The key "/" moves the focus to the search.
document.addEventListener("keydown", (event) => {
  const search = document.querySelector("input[type=search]");
  const typing = event.target.closest("input, select, textarea");
  if (event.key === "/" && search && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    search.focus();
    search.select();
  }
});

// Small bar charts without axes. The text beside them has the numbers.
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
