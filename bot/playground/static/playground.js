// Keeps the newest message in sight, as Discord does: whatever is added at the end is scrolled to.
const timeline = document.getElementById("channel-timeline");
const messages = document.getElementById("channel-message-list");

function toTheEnd() {
  timeline.scrollTop = timeline.scrollHeight;
}

new MutationObserver((changes) => {
  const appended = changes.some(({ addedNodes }) => [...addedNodes].includes(messages.lastElementChild));
  if (appended) {
    // After the page has put back the place where it was.
    setTimeout(toTheEnd, 60);
  }
}).observe(messages, { childList: true });
