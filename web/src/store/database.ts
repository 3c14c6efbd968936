// What the browser remembers: a few named records, changed one at a time and atomically, also across tabs. IndexedDB
// where it is allowed, else memory (private windows, storage denied): then everything works until the tab is closed.

export interface Database {
  /** False when nothing outlives the tab. */
  readonly durable: boolean;
  read<T>(name: string): Promise<T | undefined>;
  /** Reads, changes and writes in one transaction; `change` must not wait for anything. `undefined` removes. */
  update<T>(name: string, change: (before: T | undefined) => T | undefined): Promise<T | undefined>;
  remove(names: string[]): Promise<void>;
}

const STORE = 'records';

class IndexedDatabase implements Database {
  readonly durable = true;
  constructor(private readonly db: IDBDatabase) {}

  async read<T>(name: string): Promise<T | undefined> {
    const store = this.db.transaction(STORE).objectStore(STORE);
    return answer_of<T | undefined>(store.get(name));
  }

  update<T>(name: string, change: (before: T | undefined) => T | undefined): Promise<T | undefined> {
    const transaction = this.db.transaction(STORE, 'readwrite');
    const store = transaction.objectStore(STORE);
    return new Promise((resolve, reject) => {
      let after: T | undefined;
      const reading = store.get(name);
      reading.onsuccess = () => {
        after = change(reading.result as T | undefined);
        if (after === undefined) store.delete(name);
        else store.put(after, name);
      };
      transaction.oncomplete = () => resolve(after);
      transaction.onabort = () => reject(transaction.error ?? new Error('storage refused the change'));
    });
  }

  remove(names: string[]): Promise<void> {
    const transaction = this.db.transaction(STORE, 'readwrite');
    for (const name of names) transaction.objectStore(STORE).delete(name);
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('storage refused the change'));
    });
  }
}

function answer_of<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result as T);
    request.onerror = () => reject(request.error ?? new Error('storage could not be read'));
  });
}

export class MemoryDatabase implements Database {
  readonly durable = false;
  private readonly records = new Map<string, unknown>();

  async read<T>(name: string): Promise<T | undefined> {
    return structuredClone(this.records.get(name)) as T | undefined;
  }

  async update<T>(name: string, change: (before: T | undefined) => T | undefined): Promise<T | undefined> {
    const after = change(structuredClone(this.records.get(name)) as T | undefined);
    if (after === undefined) this.records.delete(name);
    else this.records.set(name, structuredClone(after));
    return after;
  }

  async remove(names: string[]): Promise<void> {
    for (const name of names) this.records.delete(name);
  }
}

export async function open_database(name: string): Promise<Database> {
  try {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => void opening.result.createObjectStore(STORE);
    return new IndexedDatabase(await answer_of<IDBDatabase>(opening));
  } catch {
    return new MemoryDatabase();
  }
}
