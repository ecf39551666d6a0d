// What a frame with a component and the page around it say to each other.
import type { Fields, Json } from "./api.ts";

/** From a frame. */
export type FromFrame =
  | { omnic: 1; type: "hello" }
  | { omnic: 1; type: "ready" }
  | { omnic: 1; type: "call"; id: number; method: string; arguments: Fields }
  | { omnic: 1; type: "tab"; id: number; method: "openTab" | "closeTab"; arguments: Fields }
  | { omnic: 1; type: "line"; tone: "log" | "warn" | "error" | "alert" | "toast"; text: string }
  | { omnic: 1; type: "problem"; line: number; message: string; file: string }
  | { omnic: 1; type: "custom"; name: string; message: string }
  | { omnic: 1; type: "height"; height: number }
  | { omnic: 1; type: "loggedOut"; id: number };

/** To a frame. */
export type ToFrame =
  | { omnic: 1; type: "welcome"; userId: string }
  | { omnic: 1; type: "answer"; id: number; result?: Json; error?: { message: string; code: string } }
  | { omnic: 1; type: "event"; event: string; parameters: Fields }
  | { omnic: 1; type: "tabEvent"; event: "openTab" | "closeTab"; id: string; objectId: string }
  | { omnic: 1; type: "custom"; name: string; message: string }
  | { omnic: 1; type: "logout"; id: number };
