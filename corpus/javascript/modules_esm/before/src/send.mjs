import { API } from "./paths.mjs";

export async function send(method, path, body) {
  const response = await fetch(API + path, { method, body: JSON.stringify(body) });
  return (await response.json()).data;
}
