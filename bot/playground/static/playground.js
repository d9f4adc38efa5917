// What Discord has beside the channel: who one is, which language and theme one reads in, the other server, the Apps
// menu of a message, and the bot's name once one types "@". Keeps the newest message in sight, too.
const timeline = document.getElementById("channel-timeline");
const messages = document.getElementById("channel-message-list");
const composer = document.getElementById("channel-composer-input");
const viewer = document.getElementById("viewer-picker");
const capability = location.hash.slice(1);
const meta = (name) => document.querySelector(`meta[name="playground-${name}"]`)?.content ?? "";

function toTheEnd() {
  timeline.scrollTop = timeline.scrollHeight;
}

new MutationObserver((changes) => {
  const appended = changes.some(({ addedNodes }) => [...addedNodes].includes(messages.lastElementChild));
  if (appended) {
    // After the page has put back the place where it was.
    setTimeout(toTheEnd, 60);
  }
  messages.querySelectorAll("article[data-message-id]").forEach(addApps);
}).observe(messages, { childList: true, subtree: true });

function act(kind, wanted) {
  const headers = {
    "Content-Type": "application/json",
    "X-Simcord-Capability": capability,
    "X-Playground-Action": kind,
  };
  return fetch("/api/action", { method: "POST", headers, body: JSON.stringify({ ...wanted, person: viewer.value }) });
}

function addApps(article) {
  const toolbar = article.querySelector(".message-context-actions");
  if (!toolbar || toolbar.querySelector(".playground-apps")) {
    return;
  }
  const button = document.createElement("button");
  button.type = "button";
  button.className = "message-action-button playground-apps";
  button.textContent = "Apps → Check quotations";
  button.addEventListener("click", () => act("check", { message: article.dataset.messageId }));
  toolbar.append(button);
}

function select(label, options, changed) {
  const field = document.createElement("label");
  const list = document.createElement("select");
  list.setAttribute("aria-label", label);
  field.append(label, list);
  options.forEach(([value, text]) => list.append(new Option(text, value)));
  list.addEventListener("change", () => changed(list.value));
  return field;
}

const LANGUAGES = [["en-US", "English"], ["de", "Deutsch"], ["fr", "Français"], ["es-ES", "Español"]];
const bar = document.createElement("div");
bar.className = "playground-bar";
const who = document.createElement("label");
viewer.setAttribute("aria-label", "You are");
who.append("You are", viewer);
bar.append(
  who,
  select("reading", LANGUAGES, (language) => act("language", { language })),
  select("in", [["dark", "dark"], ["light", "light"]], (theme) => { document.documentElement.dataset.theme = theme; }),
  select("on", [["", "a desktop"], ["phone", "a phone"]], (device) => { document.documentElement.dataset.device = device; }),
);
if (meta("elsewhere")) {
  const link = document.createElement("a");
  link.href = meta("elsewhere");
  link.target = "_blank";
  link.textContent = "another server";
  bar.append(link);
}
document.body.prepend(bar);
document.documentElement.dataset.theme = new URLSearchParams(location.search).get("theme") ?? "dark";
if (new URLSearchParams(location.search).has("bare")) {
  bar.hidden = true;
}

// "@" offers the bot, as Discord does; Enter or Tab takes it.
const offer = document.createElement("button");
offer.type = "button";
offer.className = "playground-mention";
offer.textContent = "@On the Record";
offer.hidden = true;
composer.closest(".composer-row").before(offer);
const unfinished = /(^|\s)@\w*$/;

function mention() {
  composer.value = composer.value.replace(unfinished, `$1<@${meta("bot")}> `);
  offer.hidden = true;
  composer.dispatchEvent(new Event("input", { bubbles: true }));
  composer.focus();
}

composer.addEventListener("input", () => { offer.hidden = !unfinished.test(composer.value); });
composer.addEventListener("keydown", (event) => {
  if (!offer.hidden && (event.key === "Enter" || event.key === "Tab")) {
    event.preventDefault();
    event.stopImmediatePropagation();
    mention();
  }
}, true);
offer.addEventListener("click", mention);
