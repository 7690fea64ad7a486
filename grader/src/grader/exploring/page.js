// Steps through the table: marks a row, and shows beside it what each thread is
// doing and where it stands. Everything shown is in the table's own cells; without
// this script the table and its links to the source say the same.
"use strict";
(() => {
  const table = document.querySelector("table");
  const steps = [...table.querySelectorAll("tr.step")];
  const names = [...table.querySelectorAll("thead th")].slice(1).map((head) => head.textContent);
  const list = document.querySelector(".threads dl");
  const output = document.querySelector("output");
  let current = 0;

  function element(tag, text) {
    const made = document.createElement(tag);
    made.textContent = text;
    return made;
  }

  function showThreads(lanes) {
    list.replaceChildren();
    lanes.forEach((lane, i) => list.append(element("dt", names[i]), element("dd", lane.title)));
  }

  // Marks the line of each thread; the one that acts decides what is scrolled to.
  function showSource(lanes, acting) {
    for (const line of document.querySelectorAll(".sources li[data-who]")) {
      line.removeAttribute("data-who");
      line.classList.remove("here");
    }
    lanes.forEach((lane, i) => {
      const line = lane.dataset.at && document.getElementById(lane.dataset.at);
      if (line) {
        const [name] = names[i].split(" "); // without the function
        line.dataset.who = line.dataset.who ? `${line.dataset.who}, ${name}` : name;
      }
    });
    const line = acting.dataset.at && document.getElementById(acting.dataset.at);
    if (line) {
      line.classList.add("here");
      bringIntoView(document.querySelector(".sources"), line);
    }
  }

  // Moves the box's content, if it must be moved; never the page, as scrollIntoView does.
  function bringIntoView(box, item) {
    const frame = box.getBoundingClientRect();
    const { top, bottom, left, right } = item.getBoundingClientRect();
    if (top < frame.top + 60 || bottom > frame.bottom - 20) {
      box.scrollTop += top - frame.top - box.clientHeight / 2;
    }
    if (left < frame.left + 60 || right > frame.right) {
      box.scrollLeft += left - frame.left - 60;
    }
  }

  function show(index) {
    steps[current].removeAttribute("aria-current");
    current = Math.max(0, Math.min(index, steps.length - 1));
    const row = steps[current];
    const lanes = [...row.querySelectorAll("td")];
    const acting = row.querySelector("td.acts");
    row.setAttribute("aria-current", "step");
    bringIntoView(document.querySelector(".scroll"), acting);
    output.textContent = `${current + 1} of ${steps.length}: ${names[lanes.indexOf(acting)]} ${acting.firstChild.textContent}`;
    showThreads(lanes);
    showSource(lanes, acting);
  }

  const go = {
    first: () => show(0),
    back: () => show(current - 1),
    forward: () => show(current + 1),
    last: () => show(steps.length - 1),
  };
  const keys = { Home: go.first, ArrowLeft: go.back, ArrowRight: go.forward, End: go.last };

  document.addEventListener("keydown", (event) => {
    if (keys[event.key] && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      keys[event.key]();
    }
  });
  for (const button of document.querySelectorAll("button[data-go]")) {
    button.addEventListener("click", go[button.dataset.go]);
  }
  steps.forEach((row, index) => row.addEventListener("click", (event) => {
    event.preventDefault(); // a link to the source: it is shown beside
    show(index);
  }));
  if (steps.length > 0) {
    table.classList.add("steps");
    for (const hidden of document.querySelectorAll("[hidden]")) {
      hidden.hidden = false;
    }
    const found = table.querySelector("tr.found");
    const before = steps.filter((row) => found && row.compareDocumentPosition(found) & Node.DOCUMENT_POSITION_FOLLOWING);
    show(Math.max(before.length - 1, 0));
  }
})();
