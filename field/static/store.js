/* What stays on the tablet: IndexedDB, written through to the disk before anybody is told that it is kept. */

const NAME = "baansuk-field";
const STORES = { kept: {}, outbox: { keyPath: "id" }, drafts: {} };
let opened = null;

const open = () =>
  new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 1);
    asked.addEventListener("upgradeneeded", () => {
      for (const [store, options] of Object.entries(STORES)) {
        asked.result.createObjectStore(store, options);
      }
    });
    asked.addEventListener("success", () => {
      asked.result.addEventListener("close", () => {
        opened = null; // the browser closed it, to free space or after a fault: the next one opens it anew
      });
      done(asked.result);
    });
    asked.addEventListener("error", () => failed(asked.error));
  });

const database = () => {
  opened ??= open().catch((fault) => {
    opened = null;
    throw fault;
  });
  return opened;
};

/** One transaction: `work` gets the stores by name and returns a request, whose result comes back; all or nothing. */
const run = async (mode, work) => {
  const base = await database();
  return new Promise((done, failed) => {
    const transaction = base.transaction(Object.keys(STORES), mode, { durability: "strict" });
    const stores = Object.fromEntries(Object.keys(STORES).map((name) => [name, transaction.objectStore(name)]));
    let asked = null;
    transaction.addEventListener("complete", () => done(asked && "result" in asked ? asked.result : asked));
    transaction.addEventListener("abort", () => failed(transaction.error));
    asked = work(stores);
  });
};

export const change = (work) => run("readwrite", work);
export const get = (store, key) => run("readonly", (stores) => stores[store].get(key));
export const all = (store) => run("readonly", (stores) => stores[store].getAll());
export const put = (store, value, key) => run("readwrite", (stores) => stores[store].put(value, key));
export const remove = (store, key) => run("readwrite", (stores) => stores[store].delete(key));
