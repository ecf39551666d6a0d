// Runs the adapter until Ctrl-C, with settings from the environment.
import { Adapter } from "./adapter.js";

const { SF_LOGIN_URL, SF_USERNAME, SF_PASSWORD, STATE_FILE = "adapter.state.json" } = process.env;
if (!SF_LOGIN_URL || !SF_USERNAME || !SF_PASSWORD) {
  console.error("set SF_LOGIN_URL, SF_USERNAME and SF_PASSWORD");
  process.exit(2);
}
const adapter = new Adapter({
  loginUrl: SF_LOGIN_URL,
  username: SF_USERNAME,
  password: SF_PASSWORD,
  stateFile: STATE_FILE,
  log: console.error,
});
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => adapter.stop().finally(() => process.exit(0)));
adapter.start();
