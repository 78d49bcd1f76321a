export * as jobs from "./lib.mjs";
