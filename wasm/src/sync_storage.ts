// What a device remembers: a few named records, changed one at a time and atomically, also across tabs. IndexedDB
// where it is allowed, else memory (private windows, storage denied): then everything works until the tab is closed.

export interface CartStorage {
  /** False when nothing outlives the tab. */
  readonly durable: boolean;
  read<T>(name: string): Promise<T | undefined>;
  /**
   * Reads, changes and writes in one transaction; `change` must not wait for anything. `undefined` removes. Resolves
   * when it is kept for good; rejects when nothing was changed.
   */
  update<T>(name: string, change: (before: T | undefined) => T | undefined): Promise<T | undefined>;
  remove(names: string[]): Promise<void>;
  close?(): void;
}

const STORE = "records";

class IndexedStorage implements CartStorage {
  readonly durable = true;
  readonly #db: IDBDatabase;

  constructor(db: IDBDatabase) {
    this.#db = db;
  }

  async read<T>(name: string): Promise<T | undefined> {
    return answer_of<T | undefined>(this.#db.transaction(STORE).objectStore(STORE).get(name));
  }

  async update<T>(name: string, change: (before: T | undefined) => T | undefined): Promise<T | undefined> {
    let after: T | undefined;
    await this.#write((store) => {
      const reading = store.get(name);
      reading.onsuccess = () => {
        after = change(reading.result as T | undefined);
        if (after === undefined) store.delete(name);
        else store.put(after, name);
      };
    });
    return after;
  }

  async remove(names: string[]): Promise<void> {
    await this.#write((store) => names.forEach((name) => store.delete(name)));
  }

  close(): void {
    this.#db.close();
  }

  #write(work: (store: IDBObjectStore) => void): Promise<void> {
    const transaction = this.#db.transaction(STORE, "readwrite");
    work(transaction.objectStore(STORE));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
  }
}

function answer_of<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result as T);
    request.onerror = () => reject(request.error);
  });
}

/** For tests, for Node, and where nothing else is allowed. */
export class MemoryStorage implements CartStorage {
  readonly durable: boolean = false;
  readonly #records = new Map<string, unknown>();

  async read<T>(name: string): Promise<T | undefined> {
    return structuredClone(this.#records.get(name)) as T | undefined;
  }

  async update<T>(name: string, change: (before: T | undefined) => T | undefined): Promise<T | undefined> {
    const after = change(structuredClone(this.#records.get(name)) as T | undefined);
    if (after === undefined) this.#records.delete(name);
    else this.#records.set(name, structuredClone(after));
    return after;
  }

  async remove(names: string[]): Promise<void> {
    for (const name of names) this.#records.delete(name);
  }
}

/**
 * Storage that never refuses: a record that can't be written (storage full, or taken away) goes on in memory, from what
 * was last kept of it. `on_lost` is told which.
 */
export class FallbackStorage implements CartStorage {
  on_lost: (name: string) => void = () => {};
  readonly #storage: CartStorage;
  readonly #memory = new MemoryStorage();
  readonly #lost = new Set<string>();
  readonly #seen = new Map<string, unknown>();

  constructor(storage: CartStorage) {
    this.#storage = storage;
  }

  get durable(): boolean {
    return this.#storage.durable && this.#lost.size === 0;
  }

  has_lost(name: string): boolean {
    return this.#lost.has(name);
  }

  async read<T>(name: string): Promise<T | undefined> {
    if (this.#lost.has(name)) return this.#memory.read<T>(name);
    try {
      const value = await this.#storage.read<T>(name);
      this.#seen.set(name, value);
      return value;
    } catch {
      return this.#seen.get(name) as T | undefined;
    }
  }

  async update<T>(name: string, change: (before: T | undefined) => T | undefined): Promise<T | undefined> {
    if (this.#lost.has(name)) return this.#memory.update(name, change);
    try {
      const after = await this.#storage.update(name, change);
      this.#seen.set(name, after);
      return after;
    } catch {
      const kept = await this.read<T>(name);
      if (!this.#lost.has(name)) {
        await this.#memory.update(name, () => kept);
        this.#lost.add(name);
      }
      const after = this.#memory.update(name, change);
      this.on_lost(name);
      return after;
    }
  }

  async remove(names: string[]): Promise<void> {
    await this.#memory.remove(names);
    try {
      await this.#storage.remove(names);
    } catch {
      for (const name of names) this.#lost.add(name);
    }
  }

  close(): void {
    this.#storage.close?.();
  }
}

/** The IndexedDB database of that name; memory where there is none. */
export async function open_storage(name: string): Promise<CartStorage> {
  try {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => void opening.result.createObjectStore(STORE);
    return new IndexedStorage(await answer_of<IDBDatabase>(opening));
  } catch {
    return new MemoryStorage();
  }
}
