// The first page: what there is, and for whom.
import { h, show } from "../common/dom.ts";
import { Shell, controlToken } from "../common/page.ts";

const shell = new Shell("Consoles");
const token = controlToken();
const hash = token ? `#token=${encodeURIComponent(token)}` : "";

const PAGES: [string, string, string][] = [
  ["rep", "Rep", "Sign in as a user, choose a status, take work."],
  ["supervisor", "Supervisor", "Who is online and at what load, what waits and why."],
  [`customer${hash}`, "Customer and clock", "Create work, move the clock, see the trace. It needs the printed token."],
  ["partner", "Routing partner", "Externally routed work and its streaming events."],
  ["components", "Components", "Run Aura components and Visualforce pages of a folder."],
];

show(
  shell.main,
  h("p", {}, "Open a page in a tab of its own for each person: a tab has one user."),
  h(
    "ul",
    { class: "tiles" },
    PAGES.map(([path, name, words]) => h("li", {}, h("a", { href: `/console/${path}` }, h("strong", {}, name), h("span", {}, words)))),
  ),
);
