// Elements of HTML that components and pages may have, and their attributes. Everything else is named as not supported.

const TAGS = new Set(
  (
    "a abbr article aside b blockquote br button caption code col colgroup dd details div dl dt em fieldset figcaption figure footer form h1 h2 h3 h4 " +
    "h5 h6 header hr i img input label legend li main meter nav ol optgroup option output p pre progress s section select small span strong sub summary " +
    "sup table tbody td textarea tfoot th thead time tr u ul body html head center font"
  ).split(" "),
);

const ATTRIBUTES = new Set(
  (
    "abbr alt checked class cols colspan datetime disabled for headers height hidden high href id label low max maxlength min minlength multiple name " +
    "open optimum pattern placeholder readonly required rows rowspan scope selected size span start step tabindex title type value width lang dir role"
  ).split(" "),
);

/** Whether an element of HTML can be made. */
export function isHtml(tag: string): boolean {
  return TAGS.has(tag.toLowerCase());
}

/** Sets an attribute; false if there is none such. */
export function setAttribute(element: HTMLElement, name: string, value: string): boolean {
  const lower = name.toLowerCase();
  if (lower === "style") {
    element.style.cssText = value;
    return true;
  }
  if (lower === "href") {
    // Nothing that runs, and nothing that leads away from the frame.
    element.setAttribute("href", value.startsWith("#") ? value : "#");
    if (!value.startsWith("#")) element.title ||= value;
    return true;
  }
  if (lower === "src") {
    if (value.startsWith("data:image/")) element.setAttribute("src", value);
    return true;
  }
  if (!ATTRIBUTES.has(lower) && !lower.startsWith("aria-") && !lower.startsWith("data-")) return false;
  element.setAttribute(lower, value);
  return true;
}
