"use strict";
// The page of the local workspace: sends what the person does, and exchanges the regions that changed.
(() => {
  const body = document.body;
  const token = document.querySelector('meta[name="sandbox-token"]').content;
  const me = body.dataset.person;
  const $ = (id) => document.getElementById(id);
  let version = Number(body.dataset.version);
  const known = {};
  let loaded = false; // what was told before this page opened is not told again

  function make(tag, css, words = "") {
    const node = document.createElement(tag);
    node.className = css;
    node.textContent = words;
    if (tag === "button") node.type = "button";
    return node;
  }

  async function act(what) {
    const answer = await fetch("/sandbox/act", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Sandbox-Token": token },
      body: JSON.stringify({ person: me, ...what }),
    });
    const given = await answer.json();
    if (!answer.ok) toast("sandbox", given.error || "refused");
    return given.result;
  }

  function toast(code, text) {
    const box = make("div", "toast");
    box.append(make("strong", "", code), make("span", "", text));
    $("part-toasts").append(box);
    setTimeout(() => box.remove(), 8000);
  }

  // Live update

  async function refresh() {
    const answer = await fetch("/page/parts" + location.search);
    if (!answer.ok) return;
    const given = await answer.json();
    version = given.version;
    for (const [name, html] of Object.entries(given.parts)) exchange(name, html, given.key);
    loaded = true;
  }

  function exchange(name, html, key) {
    if (name === "toasts") return newToasts(html);
    const place = $("part-" + name);
    if (!place || known[name] === html) return;
    const busy = document.activeElement;
    if (name !== "modal" && place.contains(busy) && /INPUT|TEXTAREA|SELECT/.test(busy.tagName)) return;
    if (name === "modal" && place.dataset.key === key && known[name] !== undefined) { known[name] = html; return; }
    const scroller = name === "main" ? place : name === "thread" ? place : null;
    const atEnd = scroller && scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 120;
    const open = [...place.querySelectorAll("details[open][data-number]")].map((d) => d.dataset.number);
    known[name] = html;
    place.innerHTML = html;
    for (const number of open) place.querySelector(`details[data-number="${number}"]`)?.setAttribute("open", "");
    if (name === "modal") { place.dataset.key = key; enterModal(place); }
    localTimes(place);
    if (atEnd) scroller.scrollTop = scroller.scrollHeight;
  }

  function newToasts(html) {
    const box = make("div", "");
    box.innerHTML = html;
    for (const one of box.querySelectorAll(".toast")) {
      const at = one.dataset.at;
      if (known["toast" + at]) continue;
      known["toast" + at] = true;
      if (loaded) toast(one.querySelector("strong").textContent, one.querySelector("span").textContent);
    }
  }

  async function watch() {
    for (;;) {
      try {
        const answer = await fetch("/sandbox/version?since=" + version);
        const given = await answer.json();
        if (given.version > version) await refresh();
      } catch {
        await new Promise((done) => setTimeout(done, 1500));
      }
    }
  }

  function enterModal(place) {
    const wrong = place.querySelector(".wrong input, .wrong select, .wrong textarea");
    const first = place.querySelector(".field input:not([type=hidden]), .field select, .field textarea");
    const target = wrong || first || place.querySelector("button");
    target?.focus();
    if (target?.value && target.setSelectionRange && target.type !== "date") target.setSelectionRange(target.value.length, target.value.length);
  }

  function localTimes(place) {
    for (const input of place.querySelectorAll("input[data-epoch]")) {
      if (!input.dataset.epoch) continue;
      const at = new Date(Number(input.dataset.epoch) * 1000);
      input.value = new Date(at - at.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
    }
  }

  // Where a control sits, in the words of the control API

  function placeOf(node) {
    const view = node.closest("[data-view]");
    if (view) return view.dataset.view === "home" ? { home: true, app: view.dataset.app } : {};
    const message = node.closest(".message");
    return { channel: message.dataset.channel, ts: message.dataset.ts, thread: message.dataset.thread };
  }

  function asked(node) {
    if (!node.dataset.confirm) return Promise.resolve(true);
    const words = JSON.parse(node.dataset.confirm);
    const dialog = $("confirm");
    dialog.querySelector("h2").textContent = words.title;
    dialog.querySelector("p").textContent = words.text;
    const [no, yes] = dialog.querySelectorAll("button");
    no.textContent = words.deny;
    yes.textContent = words.confirm;
    yes.className = "btn " + (words.style || "primary");
    dialog.showModal();
    return new Promise((done) => dialog.addEventListener("close", () => done(dialog.returnValue === "yes"), { once: true }));
  }

  async function press(node) {
    if (!(await asked(node))) return;
    if (node.dataset.url && /^https?:/.test(node.dataset.url)) window.open(node.dataset.url, "_blank", "noopener");
    node.setAttribute("aria-busy", "true");
    const what = { do: node.dataset.do, key: node.dataset.key, ...placeOf(node) };
    if (node.dataset.choice !== undefined) what.choice = node.dataset.choice;
    await sync(node);
    await act(what);
    node.removeAttribute("aria-busy");
    node.closest("details.menu")?.removeAttribute("open");
    refresh();
  }

  async function choose(node) {
    const holder = node.closest("[data-live]");
    if (!(await asked(holder))) return;
    await act({ do: "selects", key: holder.dataset.key, choice: await valueOf(holder), ...placeOf(holder) });
    refresh();
  }

  // Fields of a modal

  async function valueOf(holder) {
    if (holder.classList.contains("external")) {
      const all = [...holder.querySelectorAll(".chip")].map((c) => JSON.parse(c.dataset.option));
      return holder.dataset.many ? all : all[0] || null;
    }
    if (holder.classList.contains("choices")) {
      const all = [...holder.querySelectorAll("input:checked")].map((i) => i.value);
      return holder.querySelector("input[type=checkbox]") ? all : all[0] || null;
    }
    if (holder.multiple && holder.tagName === "SELECT") return [...holder.selectedOptions].map((o) => o.value);
    if (holder.type === "file") return Promise.all([...holder.files].map(inBase64));
    if (holder.type === "datetime-local") return holder.value ? Math.floor(new Date(holder.value) / 1000) : null;
    return holder.value;
  }

  function inBase64(file) {
    return new Promise((done) => {
      const reader = new FileReader();
      reader.onload = () => done({ name: file.name, base64: reader.result.split(",")[1] || "" });
      reader.readAsDataURL(file);
    });
  }

  // Before anything is sent, the workspace learns what stands in the fields of that modal, Home or message.
  async function sync(node) {
    const form = node.closest("[data-view], .message");
    for (const holder of form.querySelectorAll("[data-field]")) {
      if (holder.type === "file" && !holder.files.length) continue;
      await act({ do: "fills", key: holder.dataset.key, value: await valueOf(holder), ...placeOf(holder) });
    }
  }

  // External selects

  let waiting;
  function look(input) {
    const box = input.closest(".external");
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const list = box.querySelector(".suggestions");
      if (input.value.length < Number(box.dataset.min)) { list.hidden = true; return; }
      const found = await act({ do: "suggestions", key: box.dataset.key, typed: input.value, ...placeOf(box) });
      list.replaceChildren(...(found || []).map((option) => {
        const button = make("button", "", option.text.text);
        button.setAttribute("role", "option");
        button.dataset.option = JSON.stringify(option);
        return button;
      }));
      if (!list.children.length) list.textContent = "Nothing found";
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
    }, 200);
  }

  async function take(button) {
    const box = button.closest(".external");
    const option = JSON.parse(button.dataset.option);
    const chip = make("span", "chip", option.text.text);
    chip.dataset.option = JSON.stringify(option);
    chip.append(make("button", "", "×"));
    const chips = box.querySelector(".chips");
    if (box.dataset.many) chips.append(chip); else chips.replaceChildren(chip);
    box.querySelector("input").value = "";
    box.querySelector(".suggestions").hidden = true;
    if (!box.dataset.field) {
      await act({ do: "selects", key: box.dataset.key, choice: await valueOf(box), ...placeOf(box) });
      refresh();
    }
  }

  // Composer

  const text = $("composer-text");
  const list = $("commands");
  const commands = $("composer") ? JSON.parse($("composer").dataset.commands) : [];
  let marked = 0;

  function offer() {
    const typed = text.value;
    const fits = typed.startsWith("/") && !typed.includes(" ") ? commands.filter((c) => c.command.startsWith(typed)) : [];
    marked = Math.min(marked, Math.max(fits.length - 1, 0));
    list.replaceChildren(...fits.map((c, place) => {
      const button = make("button", place === marked ? "on" : "");
      button.setAttribute("role", "option");
      button.append(make("code", "", c.command), make("span", "hint", c.usage_hint || ""), make("span", "what", c.description));
      button.addEventListener("click", () => complete(c));
      return button;
    }));
    list.hidden = !fits.length;
    return fits;
  }

  function complete(command) {
    text.value = command.command + " ";
    list.hidden = true;
    text.focus();
  }

  function grow(area) {
    area.style.height = "auto";
    area.style.height = area.scrollHeight + "px";
  }

  async function send(form) {
    const area = form.querySelector("textarea");
    const words = area.value.trim();
    const file = form.id === "composer" ? $("attach").files[0] : null;
    if (!words && !file) return;
    area.value = "";
    grow(area);
    if (list) list.hidden = true;
    const channel = body.dataset.channel;
    if (form.id === "thread-composer") {
      if (words.startsWith("/")) return toast("not in threads", "Slash commands cannot be used in threads.");
      await act({ do: "says", channel, text: words, thread: body.dataset.thread });
    } else if (file) {
      await act({ do: "says", channel, text: words, file: await inBase64(file) });
      $("attach").value = "";
    } else {
      await act({ do: "types", channel, typed: words });
    }
    await refresh();
    const pane = form.id === "composer" ? $("part-main") : $("part-thread");
    pane.scrollTop = pane.scrollHeight;
  }

  function keys(event) {
    const area = event.target;
    const form = area.closest("form");
    if (area === text && list && !list.hidden) {
      const fits = offer();
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        marked = (marked + (event.key === "ArrowDown" ? 1 : fits.length - 1)) % fits.length;
        offer();
        return;
      }
      const whole = fits.length === 1 && fits[0].command === text.value;
      if (event.key === "Tab" || (event.key === "Enter" && !whole)) {
        event.preventDefault();
        complete(fits[marked]);
        return;
      }
      if (event.key === "Escape") list.hidden = true;
    }
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send(form);
    }
  }

  // Everything the pointer and the keyboard do

  document.addEventListener("click", async (event) => {
    const node = event.target.closest("button, a, summary");
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
    if (!node) return;
    if (node.dataset.opensHome) {
      event.preventDefault();
      await act({ do: "opens_home", app: node.dataset.opensHome });
      location.href = node.href;
    } else if (node.dataset.do) press(node);
    else if (node.dataset.close) {
      await act({ do: "closes", everything: node.dataset.close === "all" });
      refresh();
    } else if (node.dataset.shortcut) {
      const message = node.closest(".message");
      await act({ do: "shortcut", name: node.dataset.shortcut, ...(message ? placeOf(node) : {}) });
      node.closest("details.menu")?.removeAttribute("open");
      refresh();
    } else if (node.closest(".suggestions")) take(node);
    else if (node.closest(".chip")) node.closest(".chip").remove();
  });

  document.addEventListener("change", (event) => {
    if (event.target.id === "be") location.href = "/?as=" + encodeURIComponent(event.target.value) + "&c=" + body.dataset.channel;
    else if (event.target.id === "attach") { text.focus(); toast("file", event.target.files[0]?.name + " will be sent with your message"); }
    else if (event.target.closest("[data-live]")) choose(event.target);
  });

  document.addEventListener("input", (event) => {
    if (event.target === text) { marked = 0; offer(); }
    if (event.target.closest(".composer")) grow(event.target);
    if (event.target.closest(".external")) look(event.target);
  });

  document.addEventListener("focusout", (event) => {
    if (event.target.closest("#part-main, #part-thread")) setTimeout(refresh, 150);
  });

  document.addEventListener("focusin", (event) => {
    const box = event.target.closest(".external");
    if (box && event.target.tagName === "INPUT" && Number(box.dataset.min) === 0) look(event.target);
  });

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.method === "dialog") return;
    event.preventDefault();
    if (form.classList.contains("composer")) { send(form); return; }
    const button = form.querySelector('button[type="submit"]');
    button.setAttribute("aria-busy", "true");
    await sync(button);
    await act({ do: "submits" });
    button.removeAttribute("aria-busy");
    refresh();
  });

  document.addEventListener("keydown", (event) => {
    if (event.target.closest(".composer textarea")) keys(event);
    else if (event.key === "Escape" && document.querySelector("form.modal") && !$("confirm").open) {
      act({ do: "closes" }).then(refresh);
    } else if (event.key === "Tab") trap(event);
  });

  function trap(event) {
    const form = document.querySelector("form.modal");
    if (!form) return;
    const stops = [...form.querySelectorAll("button, input, select, textarea, a[href]")].filter((n) => n.offsetParent);
    const first = stops[0], last = stops[stops.length - 1];
    if (event.shiftKey && document.activeElement === first) { event.preventDefault(); last.focus(); }
    else if (!event.shiftKey && document.activeElement === last) { event.preventDefault(); first.focus(); }
  }

  const main = $("part-main");
  if (body.dataset.tab !== "home" && !location.hash) main.scrollTop = main.scrollHeight;
  $("part-thread").scrollTop = $("part-thread").scrollHeight;
  localTimes(document);
  refresh().then(watch);
  if (!document.querySelector("form.modal")) text?.focus();
})();
