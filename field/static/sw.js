/* Keeps the shell of the field page, whole and of one version, so that it opens without a network.

It answers for those files alone: never for /field/api/, never for what is sent. */
const NAME = `baansuk-field-${"VERSION"}`;
const KEPT = "FILES".split(" ");
const PAGE = "/field/";

self.addEventListener("install", (event) => {
  const fetched = KEPT.map((path) => new Request(path, { cache: "no-cache", credentials: "same-origin" }));
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(fetched)));
  self.skipWaiting(); // a page has all its scripts from the start, so a new shell never mixes with an old one
});

self.addEventListener("activate", (event) => {
  const forget = async () => {
    const names = await caches.keys();
    await Promise.all(
      names.filter((name) => name.startsWith("baansuk-field-") && name !== NAME).map((name) => caches.delete(name)),
    );
    await self.clients.claim();
  };
  event.waitUntil(forget());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || !KEPT.includes(url.pathname)) {
    return;
  }
  if (url.pathname === PAGE && request.mode !== "navigate") {
    return;
  }
  const answer = async () => {
    const cache = await caches.open(NAME);
    return (await cache.match(url.pathname, { ignoreVary: true })) ?? fetch(request);
  };
  event.respondWith(answer());
});
