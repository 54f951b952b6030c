// Makes the pages quicker and kinder; every one of them works without it. Nothing is kept in the browser.
"use strict";
(() => {
  const one = (what, within = document) => within.querySelector(what);
  const all = (what, within = document) => [...within.querySelectorAll(what)];
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const desk = matchMedia("(pointer: fine)").matches;

  // Snel weg: blank at once, end the session, and put the neutral page in the place of this one.
  const exit = one("form.exit");
  const leave = () => {
    document.documentElement.classList.add("gone");
    // Who goes back before the server has heard of it is led away too (bot.web.guard.gone).
    document.cookie = `weg=1; path=/; max-age=30; samesite=strict${location.protocol === "https:" ? "; secure" : ""}`;
    try {
      fetch(exit.action, { method: "POST", keepalive: true, redirect: "manual" });
    } catch { /* without a connection the page is left all the same */ }
    document.body.replaceChildren();
    location.replace(exit.dataset.exit);
  };
  if (exit) {
    exit.addEventListener("submit", (event) => { event.preventDefault(); leave(); });
    let presses = [];
    addEventListener("keydown", (event) => {
      if (event.key !== "Shift") presses = [];
      else if (!event.repeat) presses = [...presses.filter((at) => event.timeStamp - at < 2000), event.timeStamp];
      if (presses.length >= 3) leave();
    });
  }
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  // A form that was filled in wrongly: first hear what is wrong.
  one("#wrong")?.focus();

  const log = one("#log");
  if (!log) return;
  const main = one("main");

  const show = (block) => block?.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
  const bubble = (by, text) => {
    const outer = document.createElement("div");
    outer.className = by;
    const inner = document.createElement("p");
    inner.className = "bubble";
    inner.textContent = text;
    outer.append(inner);
    return outer;
  };
  const dots = () => {
    const outer = bubble("said pending", "");
    outer.firstChild.classList.add("waiting");
    outer.firstChild.setAttribute("aria-label", main.dataset.typing);
    outer.firstChild.setAttribute("role", "status");
    outer.firstChild.append(...[1, 2, 3].map(() => document.createElement("i")));
    return outer;
  };

  // What this form says, as it will stand on the page.
  const mine = (form, data, button) => {
    if (data.has("say")) return data.get("say").trim();
    if (button?.textContent && button.value) return button.firstChild.textContent.trim();
    return all(":checked", form).map((box) => box.parentElement.textContent.trim()).join(", ");
  };

  let busy = false;
  const post = async (form, data, button, sound) => {
    if (busy) return;
    busy = true;
    const words = sound ? "" : mine(form, data, button);
    const upload = form.enctype === "multipart/form-data";
    const typed = form.classList.contains("write");
    const pending = [];
    if (words && !upload) {
      pending.push(bubble("mine pending", words));
      pending[0].setAttribute("aria-hidden", "true");
    }
    one(".menu")?.removeAttribute("open");
    log.append(...pending);
    one("#reply").setAttribute("aria-busy", "true");
    if (typed) form.elements.say.value = "";
    const wait = setTimeout(() => { pending.push(dots()); log.append(pending.at(-1)); show(pending.at(-1)); }, 200);
    try {
      const body = upload ? data : new URLSearchParams(data);
      const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Part": "1" } });
      if (answer.status === 410) {
        if (typed) form.elements.say.value = words;
        form.removeAttribute("data-turn");
        form.submit();
        return;
      }
      const text = await answer.text();
      if (!answer.ok) throw new Error(text);
      answered(text, answer.headers.get("X-Whole") === "1", typed);
    } catch (error) {
      trouble(error instanceof TypeError ? main.dataset.lost : error.message);
      if (typed) form.elements.say.value = words;
    } finally {
      clearTimeout(wait);
      for (const one of pending) one.remove();
      one("#reply").removeAttribute("aria-busy");
      busy = false;
    }
  };

  const answered = (text, whole, typed) => {
    const part = new DOMParser().parseFromString(text, "text/html");
    const fresh = [...one("#fresh", part).children];
    for (const form of all("form[data-turn]", log)) form.replaceWith(...form.querySelectorAll("dl"));
    for (const change of all(".change", log)) change.remove();
    for (const old of all(".pending", log)) old.remove();
    if (whole) log.replaceChildren();
    log.append(...fresh);
    one("#reply").replaceWith(one("#reply", part));
    const turn = one("#reply [name=turn]").value;
    for (const field of all("[name=turn]")) field.value = turn;
    ready();
    const newest = all(".said", log).at(-1);
    if (typed && desk) one("#say").focus({ preventScroll: true });
    else newest?.focus({ preventScroll: true });
    show(all(".mine, .said", log).filter((block) => fresh.includes(block))[0] ?? newest);
  };

  const trouble = (words) => {
    const place = one(".trouble");
    place.textContent = words;
    place.hidden = false;
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-turn]")) return;
    event.preventDefault();
    const data = new FormData(form, event.submitter);
    if (data.has("say") && !data.get("say").trim()) return void form.elements.say.focus();
    post(form, data, event.submitter);
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.id === "say" && event.key === "Enter" && !event.shiftKey && !event.isComposing && desk) {
      event.preventDefault();
      event.target.form.requestSubmit();
    }
    if (event.key === "Escape" && one(".menu[open]")) {
      one(".menu").removeAttribute("open");
      one(".menu > summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".menu")) one(".menu")?.removeAttribute("open");
  });

  // Reading aloud, by the browser's own voice.
  const aloud = one(".aloud");
  if (aloud && "speechSynthesis" in window) {
    const label = aloud.textContent;
    const quiet = () => { speechSynthesis.cancel(); aloud.textContent = label; };
    aloud.hidden = false;
    aloud.addEventListener("click", () => {
      if (aloud.textContent !== label) return quiet();
      const said = all(".said", log).at(-1);
      const words = new SpeechSynthesisUtterance([said?.innerText, ...all(".options button, .options .tick").map((b) => b.innerText)].join(". "));
      words.lang = document.documentElement.lang === "nl" ? "nl-NL" : document.documentElement.lang;
      words.onend = quiet;
      speechSynthesis.cancel();
      speechSynthesis.speak(words);
      aloud.textContent = aloud.dataset.stop;
    });
    addEventListener("pagehide", quiet);
  }

  // A voice, recorded here; it can be heard before it is sent.
  const MOST = 5 * 60 * 1000;
  const record = async (button) => {
    const form = button.form;
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      return trouble(button.dataset.no);
    }
    const parts = [];
    const recorder = new MediaRecorder(stream, { audioBitsPerSecond: 32000 });
    const label = button.textContent;
    recorder.ondataavailable = (event) => parts.push(event.data);
    recorder.onstop = () => {
      for (const track of stream.getTracks()) track.stop();
      button.textContent = label;
      button.classList.remove("recording");
      const kind = recorder.mimeType || "audio/webm";
      const file = new File([new Blob(parts, { type: kind })], "stem", { type: kind });
      const holder = new DataTransfer();
      holder.items.add(file);
      form.elements.file.files = holder.files;
      const player = one("audio", form) ?? document.createElement("audio");
      player.controls = true;
      player.src = URL.createObjectURL(file);
      one(".row", form).before(player);
    };
    recorder.start();
    button.textContent = button.dataset.stop;
    button.classList.add("recording");
    button.onclick = () => { button.onclick = null; recorder.stop(); };
    setTimeout(() => { if (recorder.state === "recording") recorder.stop(); }, MOST);
  };

  const ready = () => {
    const button = one(".record");
    if (!button || !window.MediaRecorder || !navigator.mediaDevices) return;
    button.hidden = false;
    button.addEventListener("click", () => { if (!button.classList.contains("recording")) record(button); });
  };
  ready();
  show(all(".said", log).at(-1));
})();
