// Puts the editor in the place of the plain form. Its requests go to this server's /sparql only:
// completion by services of others (prefix.cc, LOV), shortening of links and a list of endpoints
// are off, and the policy of the page allows no other server.
"use strict";

const plain = document.getElementById("plain");
const place = document.getElementById("editor");
const prefixes = JSON.parse(place.dataset.prefixes);
const endpoint = new URL("/sparql", window.location.href).href;

// The server knows the prefixes of the graph; the editor, and other stores, need them declared.
function declared(text) {
  const bare = text.replace(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|<[^<>\s]*>|#.*/g, " ");
  const used = new Set([...bare.matchAll(/(?<![\w.?$-])([\w-]*):/g)].map((match) => match[1]));
  const known = new Set([...bare.matchAll(/\bPREFIX\s+([\w-]*):/gi)].map((match) => match[1]));
  const lines = Object.keys(prefixes)
    .filter((name) => used.has(name) && !known.has(name))
    .sort()
    .map((name) => `PREFIX ${name}: <${prefixes[name]}>\n`);
  return lines.join("") + text;
}

const query = declared(document.getElementById("query").value);
Yasgui.Yasqe.defaults.autocompleters = [];
Yasgui.Yasqe.defaults.createShareableLink = null;
Yasgui.Yasqe.defaults.value = query;
Yasgui.Yasr.defaults.prefixes = prefixes;

place.hidden = false;
const yasgui = new Yasgui(place, {
  persistenceId: null,
  populateFromUrl: false,
  copyEndpointOnNewTab: true,
  requestConfig: { endpoint, method: "POST" },
  endpointCatalogueOptions: { getData: () => [] },
});
const tab = yasgui.getTab();
if (tab.getYasqe().getValue() !== query) tab.setQuery(query);
plain.hidden = true;
document.getElementById("result").hidden = true;
