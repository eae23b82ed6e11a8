"use strict";
// Facts to take away: the citation, and the way to the clipboard.

const liveText = make("p", { class: "unseen", role: "status" });
document.body.append(liveText);

/** Has a screen reader say it. */
function announce(text) {
  liveText.textContent = text;
}

/** Each quote with its article and place, then the claim and how it is made. */
function citationOf(fact) {
  const lines = fact.evidence.map((item) => {
    const article = page.articles[item.article];
    const { publisher, url } = article;
    return `“${quoteOf(item)}” — ${[articleTitle(article), publisher, publishedText(article), url, `characters ${item.start}–${item.end}`].filter(Boolean).join(", ")}.`;
  });
  const stance = [STANCE_NAMES[fact.modality], ...(fact.speaker === null ? [] : [`according to ${page.entities[fact.speaker].label}`])].join(", ");
  return [...lines, `Claim: ${sentenceOf(fact)} (${stance}).`].join("\n");
}

/** Puts the text on the clipboard; false where the browser does not let the page do so. */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = make("textarea", { class: "unseen", "aria-hidden": "true", readonly: true });
    const focused = document.activeElement;
    field.value = text;
    document.body.append(field);
    field.select();
    const isDone = document.execCommand("copy");
    field.remove();
    focused?.focus();
    return isDone;
  }
}

function copyButton(label, textOf) {
  const button = make("button", { type: "button", onclick: async () => {
    const text = textOf();
    const isDone = await copyText(text);
    announce(isDone ? "Copied" : "The browser does not let the page copy; the text is below the button");
    if (isDone) {
      button.textContent = "Copied ✓";
      setTimeout(() => { button.textContent = label; }, 1600);
      return;
    }
    const field = make("textarea", { readonly: true, rows: 6, "aria-label": label });
    field.value = text;
    button.parentElement.querySelector("textarea")?.remove();
    button.parentElement.append(field);
    field.select();
  } }, label);
  return button;
}

function copyButtons(fact) {
  return make("div", { class: "copies" }, copyButton("Copy citation", () => citationOf(fact)),
    hasTurtle(fact) ? copyButton("Copy Turtle", () => turtleOf(fact)) : null);
}
