// Expressions of Aura such as `{!v.works.length > 0 ? 'busy' : v.text}`: read into a tree, never evaluated as code.

export type Expression =
  | { kind: "value"; value: unknown }
  | { kind: "path"; path: string[] }
  | { kind: "unary"; sign: string; of: Expression }
  | { kind: "binary"; sign: string; left: Expression; right: Expression }
  | { kind: "choice"; test: Expression; yes: Expression; no: Expression }
  | { kind: "call"; name: string; given: Expression[] };

type Token = { kind: "number" | "text" | "name" | "sign"; text: string };

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([A-Za-z_$][\w$]*)|(===|!==|==|!=|<=|>=|&&|\|\||[-+*/%<>!?:().,[\]]))/y;

function tokens(text: string): Token[] {
  const all: Token[] = [];
  TOKEN.lastIndex = 0;
  let at = 0;
  while (text.slice(at).trim() !== "") {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (!found) throw new Error(`\`${text.slice(at).trim()}\` cannot be read`);
    const [, number, single, double, name, sign] = found;
    if (number !== undefined) all.push({ kind: "number", text: number });
    else if (single !== undefined || double !== undefined) all.push({ kind: "text", text: (single ?? double ?? "").replace(/\\(.)/g, "$1") });
    else if (name !== undefined) all.push({ kind: "name", text: name });
    else all.push({ kind: "sign", text: sign ?? "" });
    at = TOKEN.lastIndex;
  }
  return all;
}

const LEVELS = [["||"], ["&&"], ["==", "!=", "===", "!=="], ["<", ">", "<=", ">="], ["+", "-"], ["*", "/", "%"]];
const FUNCTIONS = ["and", "or", "not", "equals", "notequals", "if", "greaterthan", "lessthan", "add", "subtract", "format", "empty"];

/** Reads what stands between `{!` and `}`. */
export function parse(text: string): Expression {
  const all = tokens(text);
  let at = 0;
  const is = (sign: string): boolean => all[at]?.kind === "sign" && all[at]?.text === sign;
  const need = (sign: string): void => {
    if (!is(sign)) throw new Error(`\`${sign}\` is missing in \`${text.trim()}\``);
    at += 1;
  };
  const choice = (): Expression => {
    const test = binary(0);
    if (!is("?")) return test;
    at += 1;
    const yes = choice();
    need(":");
    return { kind: "choice", test, yes, no: choice() };
  };
  const binary = (level: number): Expression => {
    const signs = LEVELS[level];
    if (!signs) return unary();
    let left = binary(level + 1);
    for (let token = all[at]; token?.kind === "sign" && signs.includes(token.text); token = all[at]) {
      at += 1;
      left = { kind: "binary", sign: token.text, left, right: binary(level + 1) };
    }
    return left;
  };
  const unary = (): Expression => {
    for (const sign of ["!", "-"])
      if (is(sign)) {
        at += 1;
        return { kind: "unary", sign, of: unary() };
      }
    return primary();
  };
  const primary = (): Expression => {
    const token = all[at];
    at += 1;
    if (token?.kind === "number") return { kind: "value", value: Number(token.text) };
    if (token?.kind === "text") return { kind: "value", value: token.text };
    if (token?.kind === "sign" && token.text === "(") {
      const inner = choice();
      need(")");
      return inner;
    }
    if (token?.kind !== "name") throw new Error(`something is missing in \`${text.trim()}\``);
    if (token.text === "true" || token.text === "false") return { kind: "value", value: token.text === "true" };
    if (token.text === "null" || token.text === "undefined") return { kind: "value", value: null };
    if (is("(")) {
      if (!FUNCTIONS.includes(token.text)) throw new Error(`the function \`${token.text}\` is not supported in expressions`);
      at += 1;
      const given: Expression[] = [];
      while (!is(")")) {
        given.push(choice());
        if (is(",")) at += 1;
        else break;
      }
      need(")");
      return { kind: "call", name: token.text, given };
    }
    const path = [token.text];
    while (is(".") || is("[")) {
      const isIndex = is("[");
      at += 1;
      const next = all[at];
      if (!next || next.kind === "sign") throw new Error(`a name is missing in \`${text.trim()}\``);
      path.push(next.text);
      at += 1;
      if (isIndex) need("]");
    }
    return { kind: "path", path };
  };
  const read = choice();
  if (at < all.length) throw new Error(`\`${all[at]?.text}\` stands where nothing is expected in \`${text.trim()}\``);
  return read;
}

/** What an expression is, with `look` for the paths in it. */
export function value(expression: Expression, look: (path: string[]) => unknown): unknown {
  switch (expression.kind) {
    case "value":
      return expression.value;
    case "path":
      return look(expression.path);
    case "unary": {
      const of = value(expression.of, look);
      return expression.sign === "!" ? !of : -Number(of);
    }
    case "choice":
      return value(expression.test, look) ? value(expression.yes, look) : value(expression.no, look);
    case "binary":
      return joined(expression.sign, value(expression.left, look), () => value(expression.right, look));
    case "call":
      return called(
        expression.name,
        expression.given.map((given) => () => value(given, look)),
      );
  }
}

function joined(sign: string, left: unknown, right: () => unknown): unknown {
  switch (sign) {
    case "||":
      return left || right();
    case "&&":
      return left && right();
    case "==":
    case "===":
      return (left ?? null) === (right() ?? null);
    case "!=":
    case "!==":
      return (left ?? null) !== (right() ?? null);
    case "<":
      return Number(left) < Number(right());
    case ">":
      return Number(left) > Number(right());
    case "<=":
      return Number(left) <= Number(right());
    case ">=":
      return Number(left) >= Number(right());
    case "+": {
      const other = right();
      return typeof left === "number" && typeof other === "number" ? left + other : `${left ?? ""}${other ?? ""}`;
    }
    case "-":
      return Number(left) - Number(right());
    case "*":
      return Number(left) * Number(right());
    case "/":
      return Number(left) / Number(right());
    default:
      return Number(left) % Number(right());
  }
}

function called(name: string, given: (() => unknown)[]): unknown {
  const at = (place: number): unknown => given[place]?.();
  switch (name) {
    case "and":
      return given.every((each) => each());
    case "or":
      return given.some((each) => each());
    case "not":
      return !at(0);
    case "equals":
      return joined("==", at(0), () => at(1));
    case "notequals":
      return joined("!=", at(0), () => at(1));
    case "if":
      return at(0) ? at(1) : at(2);
    case "greaterthan":
      return Number(at(0)) > Number(at(1));
    case "lessthan":
      return Number(at(0)) < Number(at(1));
    case "add":
      return joined("+", at(0), () => at(1));
    case "subtract":
      return Number(at(0)) - Number(at(1));
    case "empty": {
      const first = at(0);
      return first === null || first === undefined || first === "" || (Array.isArray(first) && first.length === 0);
    }
    default:
      return String(at(0) ?? "").replace(/\{(\d+)\}/g, (_, place: string) => String(at(Number(place) + 1) ?? ""));
  }
}

/** A text with expressions in it: its parts. */
export function parts(text: string): (string | Expression)[] {
  const all: (string | Expression)[] = [];
  let rest = text;
  for (let at = rest.search(/\{[!#]/); at >= 0; at = rest.search(/\{[!#]/)) {
    const end = rest.indexOf("}", at);
    if (end < 0) throw new Error(`\`${rest.slice(at)}\` does not end`);
    if (at > 0) all.push(rest.slice(0, at));
    all.push(parse(rest.slice(at + 2, end)));
    rest = rest.slice(end + 1);
  }
  if (rest !== "") all.push(rest);
  return all;
}
