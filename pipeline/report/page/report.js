"use strict";
// Article text is hostile until shown otherwise: it enters the page through textContent only.
const data = JSON.parse(document.getElementById("data").textContent);
const $ = (id) => document.getElementById(id);
const SVG = "http://www.w3.org/2000/svg";

function make(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}
function draw(tag, props, title) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(props)) node.setAttribute(key, value);
  if (title) {
    const label = document.createElementNS(SVG, "title");
    label.textContent = title;
    node.append(label);
  }
  return node;
}
const number = (n) => n.toLocaleString("en");

// Totals
function tiles() {
  const t = data.totals;
  const shown = [["articles", t.articles], ["events", t.events], ["distinct events", t.occurrences],
    ["rows", t.rows], ["rows with a destination", t.with_destination], ["rows with it on the map", t.linked_destinations]];
  for (const [status, n] of Object.entries(t.status)) if (status !== "ok") shown.push([`articles ${status}`, n]);
  for (const [label, value] of shown) {
    const tile = make("div", { class: "tile", "data-figure": label });
    tile.append(make("b", {}, number(value)), make("span", {}, label));
    $("tiles").append(tile);
  }
  const run = data.run;
  $("provenance").textContent = ["pipeline_version", "model_id", "config_hash"]
    .filter((key) => run[key]).map((key) => `${key.replace("_", " ")}: ${run[key]}`).join(" · ");
}

// Map: plate carrée, x = longitude, y = -latitude
function map() {
  const { destinations, flows } = data.map;
  const svg = $("map");
  const biggest = Math.max(1, ...destinations.map((d) => d.n));
  const widest = Math.max(1, ...flows.map((f) => f.n));
  const points = [...destinations.map((d) => [d.destination_lon, d.destination_lat]), ...flows.map((f) => [f.origin_lon, f.origin_lat])];
  const view = fit(points);
  let box = view;
  function place() {
    svg.setAttribute("viewBox", `${box.x} ${box.y} ${box.w} ${box.h}`);
    const unit = box.w / 1000;
    for (const circle of $("circles").children) circle.setAttribute("r", unit * circle.dataset.size);
    for (const text of $("labels").children) {
      text.setAttribute("font-size", 12 * unit);
      text.setAttribute("y", -Number(text.dataset.lat) - unit * text.dataset.size - 3 * unit);
    }
  }
  for (const f of flows) {
    const [x1, y1, x2, y2] = [f.origin_lon, -f.origin_lat, f.destination_lon, -f.destination_lat];
    const [mx, my] = [(x1 + x2) / 2 + (y2 - y1) * 0.2, (y1 + y2) / 2 - (x2 - x1) * 0.2];
    $("arcs").append(draw("path", { d: `M${x1},${y1}Q${mx},${my} ${x2},${y2}`, "stroke-width": 1.2 + 5 * Math.sqrt(f.n / widest) },
      `${f.origin_name} → ${f.destination_name}: ${f.n}`));
  }
  destinations.forEach((d, i) => {
    const size = 4 + 16 * Math.sqrt(d.n / biggest);
    const circle = draw("circle", { cx: d.destination_lon, cy: -d.destination_lat }, `${d.destination_name}: ${d.n}`);
    circle.dataset.size = size;
    $("circles").append(circle);
    if (i < 12) {
      const text = draw("text", { x: d.destination_lon, "text-anchor": "middle" });
      text.textContent = d.destination_name;
      text.dataset.lat = d.destination_lat;
      text.dataset.size = size;
      $("labels").append(text);
    }
  });
  place();
  svg.addEventListener("wheel", (event) => {
    event.preventDefault();
    const factor = event.deltaY > 0 ? 1.2 : 1 / 1.2;
    const w = Math.min(360, Math.max(4, box.w * factor)), h = w * box.h / box.w;
    const r = svg.getBoundingClientRect();
    const fx = (event.clientX - r.left) / r.width, fy = (event.clientY - r.top) / r.height;
    box = { x: box.x + (box.w - w) * fx, y: box.y + (box.h - h) * fy, w, h };
    place();
  }, { passive: false });
  let last = null;
  svg.addEventListener("pointerdown", (event) => { last = [event.clientX, event.clientY]; svg.setPointerCapture(event.pointerId); });
  svg.addEventListener("pointermove", (event) => {
    if (!last) return;
    const scale = box.w / svg.getBoundingClientRect().width;
    box = { ...box, x: box.x - (event.clientX - last[0]) * scale, y: box.y - (event.clientY - last[1]) * scale };
    last = [event.clientX, event.clientY];
    place();
  });
  svg.addEventListener("pointerup", () => { last = null; });
}
function fit(points) {
  // The middle nine tenths of the places, so that one far flight doesn't shrink the region.
  const span = (values) => {
    const sorted = [...values].sort((a, b) => a - b), cut = Math.floor(sorted.length * 0.05);
    return [sorted[cut], sorted[sorted.length - 1 - cut]];
  };
  if (!points.length) return { x: -20, y: -60, w: 100, h: 50 };
  const [x0, x1] = span(points.map((p) => p[0])), [y0, y1] = span(points.map((p) => -p[1]));
  const w = Math.max(24, (x1 - x0) * 1.3, (y1 - y0) * 1.3 * 2.6), h = w / 2.6;
  return { x: (x0 + x1) / 2 - w / 2, y: (y0 + y1) / 2 - h / 2, w, h };
}

// Timeline: stacked bars by factuality
function outside() {
  const { before, after, first, last, from, to } = data.timeline;
  const events = (n) => `${number(n)} ${n === 1 ? "event" : "events"}`;
  const parts = [];
  if (before) parts.push(`${events(before)} before ${from} (the first on ${first})`);
  if (after) parts.push(`${events(after)} after ${to} (the last on ${last})`);
  return parts.length ? ` Not drawn: ${parts.join(" and ")}.` : "";
}
const COLOURS = { asserted: "#0b6e99", planned: "#e0a030", possible: "#9b8ec4", negated: "#c8553d" };
function timeline() {
  const { labels, series, freq } = data.timeline;
  const names = { D: "day", W: "week", M: "month", Q: "quarter", Y: "year" };
  $("timeline-note").textContent = labels.length
    ? `Events by ${names[freq]} and factuality; the article's date where the event has none.${outside()}`
    : "No event has a date: give articles a date field, or write datelines.";
  const width = 1200, height = 190, floor = 165, left = 34;
  const svg = $("timeline");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const sums = labels.map((_, i) => Object.values(series).reduce((sum, values) => sum + values[i], 0));
  const most = Math.max(1, ...sums), step = (width - left) / Math.max(1, labels.length);
  const axis = draw("text", { x: 0, y: 12 });
  axis.textContent = labels.length ? number(most) : "";
  svg.append(axis);
  const every = Math.ceil(labels.length / 12);
  labels.forEach((label, i) => {
    let y = floor;
    for (const [name, values] of Object.entries(series)) {
      const h = (floor - 10) * values[i] / most;
      y -= h;
      if (h) svg.append(draw("rect", { x: left + i * step + 1, y, width: Math.max(1, Math.min(step - 2, 60)), height: h, fill: COLOURS[name] || "#888" }, `${label} · ${name}: ${values[i]}`));
    }
    if (i % every === 0) {
      const text = draw("text", { x: left + i * step, y: floor + 16 });
      text.textContent = label;
      svg.append(text);
    }
  });
  for (const name of Object.keys(series)) {
    $("legend").append(make("span", {}, make("i", { style: `background:${COLOURS[name] || "#888"}` }), name));
  }
}

// Bars
function bars(id, rows, label) {
  const most = Math.max(1, ...rows.map((row) => row.n));
  for (const row of rows) {
    const item = make("li", { style: `--share:${100 * row.n / most}%` }, make("bdi", {}, label(row)), make("b", {}, number(row.n)));
    $(id).append(item);
  }
  if (!rows.length) $(id).append(make("li", { class: "muted" }, "none"));
}

// Table
const table = data.table, columns = table.columns, PAGE = 100;
let matching = [], shown = 0;
const cell = (i, name) => columns[name][i];
const text = (value) => (value === null || value === undefined ? "" : String(value));
function roleName(i, role) { return cell(i, `${role}_name`) || cell(i, `${role}_text`) || ""; }

const haystack = new Map();
function searchable(i) {
  if (!haystack.has(i)) haystack.set(i, ["doc_id", "title", "sentence", "actor_name", "theme_name", "origin_name", "destination_name",
    "attribution_name", "rule"].map((name) => text(cell(i, name))).join(" ").toLowerCase());
  return haystack.get(i);
}
function filter() {
  const words = $("query").value.toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = { action: $("f-action").value, factuality: $("f-factuality").value, destination_country: $("f-country").value };
  matching = [];
  for (let i = 0; i < table.shown; i++) {
    if (Object.entries(wanted).every(([name, value]) => !value || cell(i, name) === value) && words.every((w) => searchable(i).includes(w))) matching.push(i);
  }
  document.querySelector("#rows tbody").replaceChildren();
  shown = 0;
  more();
  $("count").textContent = `${number(matching.length)} of ${number(table.total)} rows` + (table.shown < table.total ? ` (the first ${number(table.shown)} are in this page)` : "");
}
function more() {
  const body = document.querySelector("#rows tbody");
  for (const i of matching.slice(shown, shown + PAGE)) body.append(row(i));
  shown = Math.min(matching.length, shown + PAGE);
  $("more").hidden = shown >= matching.length;
}
function row(i) {
  const line = make("tr", { class: "row", tabindex: "0" });
  const confidence = cell(i, "confidence");
  const values = [text(cell(i, "event_date") || cell(i, "publication_date")), text(cell(i, "actor_name")), text(cell(i, "action")), roleName(i, "theme"),
    roleName(i, "origin"), roleName(i, "destination"), text(cell(i, "factuality")), roleName(i, "attribution"), confidence === null ? "" : confidence.toFixed(2)];
  for (const value of values) line.append(make("td", {}, make("bdi", {}, value)));
  const toggle = () => {
    if (line.nextSibling && line.nextSibling.className === "detail") line.nextSibling.remove();
    else line.after(detail(i));
  };
  line.addEventListener("click", toggle);
  line.addEventListener("keydown", (event) => { if (event.key === "Enter") toggle(); });
  return line;
}
function detail(i) {
  const box = make("td", { colspan: "9" });
  const title = text(cell(i, "title"));
  if (title) box.append(make("div", { class: "muted", dir: "auto" }, title));
  box.append(sentence(i));
  const roles = make("dl", { class: "roles" });
  const shownRoles = [...["agent", "theme", "origin", "destination", "via", "instrument", "attribution"].map((role) => [role,
    [cell(i, `${role}_name`), cell(i, `${role}_text`)].filter(Boolean).join(" — ")]), ["time", text(cell(i, "time_text"))],
    ["number", cell(i, "theme_count_min") === null ? "" : `${cell(i, "theme_count_min")}–${text(cell(i, "theme_count_max")) || "?"}`],
    ["construction", cell(i, "construction")], ["rule", cell(i, "rule")], ["article", cell(i, "doc_id")], ["source", cell(i, "source")]];
  for (const [name, value] of shownRoles) {
    if (value) roles.append(make("div", {}, make("dt", {}, name), make("dd", {}, make("bdi", {}, text(value)))));
  }
  box.append(roles);
  return make("tr", { class: "detail" }, box);
}
function sentence(i) {
  // Offsets count code points, JavaScript strings UTF-16 units: cut by code points.
  const letters = Array.from(text(cell(i, "sentence")));
  const line = make("p", { class: "sentence", lang: "ar", dir: "rtl" });
  let at = 0;
  for (const [role, start, end] of [...table.spans[i]].sort((a, b) => a[1] - b[1] || b[2] - a[2])) {
    if (start < at) continue;
    line.append(letters.slice(at, start).join(""), make("mark", { class: role, title: role }, letters.slice(start, end).join("")));
    at = end;
  }
  line.append(letters.slice(at).join(""));
  return line;
}
function saveCsv() {
  // A cell that a spreadsheet would run as a formula gets a leading apostrophe.
  const names = Object.keys(columns);
  const quote = (value) => `"${(typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? "'" + value : text(value)).replaceAll('"', '""')}"`;
  const lines = [names.join(","), ...matching.map((i) => names.map((name) => quote(cell(i, name))).join(","))];
  const link = make("a", { href: URL.createObjectURL(new Blob(["\ufeff" + lines.join("\r\n")], { type: "text/csv" })), download: "events.csv" });
  link.click();
}
function choices(id, name) {
  for (const value of [...new Set(columns[name])].filter(Boolean).sort()) $(id).append(make("option", { value }, value));
}

tiles();
map();
timeline();
bars("actors", data.actors, (row) => row.actor_name);
bars("routes", data.routes, (row) => `${row.origin_name} → ${row.destination_name}`);
bars("destinations", data.destinations, (row) => row.destination_name);
bars("actions", data.actions, (row) => row.action);
choices("f-action", "action");
choices("f-factuality", "factuality");
choices("f-country", "destination_country");
for (const id of ["query", "f-action", "f-factuality", "f-country"]) $(id).addEventListener("input", filter);
$("more").addEventListener("click", more);
$("csv").addEventListener("click", saveCsv);
filter();
