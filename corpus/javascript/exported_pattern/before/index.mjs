export * from "./api.mjs";
