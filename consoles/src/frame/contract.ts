// What the server hands to a frame.
import type { Json } from "../common/api.ts";

export type MarkupNode =
  | { tag: string; line: number; attributes: [string, string][]; children: MarkupNode[] }
  | { text: string; line: number };

export interface Markup {
  name: string;
  kind: "cmp" | "page";
  path: string;
  nodes: MarkupNode[];
  problems: { line: number; message: string }[];
  apex: { [method: string]: Json };
}

/** What is done with a problem of the component: it is told, with its line. */
export type Report = (line: number, message: string, file?: string) => void;
/** What is done with a line that the component writes. */
export type Write = (tone: "log" | "warn" | "error" | "alert" | "toast", text: string) => void;
