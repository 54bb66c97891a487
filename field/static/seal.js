/* Seals what is final to the server's public key: this tablet cannot open it again, nor can whoever finds the tablet.

ECIES of standard parts, an ephemeral key each: ECDH on P-256, HKDF-SHA-256, AES-256-GCM (the server: journal/envelope.py). */

import * as store from "./store.js";

const VERSION = 1;
const NAMED = 8; // bytes of a key's name
const [ENTRY, PICTURE] = ["baansuk entry 1", "baansuk picture 1"];
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const letters = new TextEncoder();
let key = null; // { name, point, known } of the server, kept although the area is not: it is no secret
let envelope = null; // of the next entry, made while its form is filled in: saving is a tap that somebody waits for

const toBytes = (text) => Uint8Array.from(atob(text), (letter) => letter.codePointAt(0));
const toText = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join(""));
const joined = (...parts) => {
  const made = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    made.set(part, at);
    at += part.length;
  }
  return made;
};

/** From now on to this key, as a bundle says it: { key, point }. */
export const use = async (said) => {
  if (!said || said.key === key?.name) {
    return;
  }
  const point = toBytes(said.point);
  key = { name: said.key, point, known: await crypto.subtle.importKey("raw", point, CURVE, false, []) };
  envelope = null; // it was made for the key before
};

/** The key of the last bundle, which outlives it. */
export const load = async () => use(await store.get("kept", "seal"));

/** Whether there is a key; a tablet that was last online before there were seals has none yet. */
export const ready = () => key !== null;

/** What one sealing needs and none after it: the server's key by name, the ephemeral point, a cipher with its nonce. */
const fresh = async (info) => {
  const { name, point, known } = key;
  const own = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const by = new Uint8Array(await crypto.subtle.exportKey("raw", own.publicKey));
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: known }, own.privateKey, 256);
  const base = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveBits"]);
  const derived = { name: "HKDF", hash: "SHA-256", salt: joined(by, point), info: letters.encode(info) };
  const made = await crypto.subtle.deriveBits(derived, base, 44 * 8); // a key of 32 bytes and a nonce of 12, used once
  const cipher = await crypto.subtle.importKey("raw", made.slice(0, 32), "AES-GCM", false, ["encrypt"]);
  return { name, by, cipher, nonce: made.slice(32) };
};

/** Makes the envelope of the next entry. */
export const prepare = () => {
  if (key && !envelope) {
    envelope = fresh(ENTRY);
    envelope.catch(() => {}); // told to whoever seals with it
  }
};

/** The envelope that was prepared, or a new one; nobody else gets it. */
const taken = () => {
  const mine = envelope ?? fresh(ENTRY);
  envelope = null;
  return mine;
};

const enciphered = async (bytes, within, what, who) => {
  const { name, by, cipher, nonce } = await within;
  const how = { name: "AES-GCM", iv: nonce, additionalData: letters.encode(`${what}\n${who}`) };
  return { name, by, words: new Uint8Array(await crypto.subtle.encrypt(how, cipher, bytes)) };
};

/** What an entry says, sealed as of this id and this person. */
export const entry = async (event, id, who) => {
  const { name, by, words } = await enciphered(letters.encode(JSON.stringify(event)), taken(), id, who);
  return { v: VERSION, key: name, of: who, by: toText(by), words: toText(words) };
};

/** A picture, sealed: { digest, sealed }; one that is sealed already stays as it is. */
export const picture = async (one, who) => {
  if (one.sealed) {
    return { digest: one.digest, sealed: one.sealed };
  }
  const plain = await one.blob.arrayBuffer();
  const { name, by, words } = await enciphered(plain, fresh(PICTURE), one.digest, who);
  const named = Uint8Array.from({ length: NAMED }, (_, n) => Number.parseInt(name.slice(2 * n, 2 * n + 2), 16));
  return { digest: one.digest, sealed: new Blob([joined(named, by, words)]) };
};
