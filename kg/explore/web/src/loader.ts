/** Starts the page: its script is compressed, as its data are, and runs because the policy names its hash. */

import { takeBlock, unpackGzip } from "./pack";

unpackGzip(takeBlock("script")).then(
  (bytes) => {
    const script = document.createElement("script");
    script.textContent = new TextDecoder().decode(bytes);
    document.body.append(script);
  },
  () => {
    document.getElementById("app")!.textContent = "This page cannot be opened. It needs a browser of 2023 or later, and the whole file.";
  },
);
