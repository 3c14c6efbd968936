// Is there an order of these operations, each somewhere between its call and its return, in which one client after the
// other would have seen the same? (Wing and Gong's search, with Lowe's memory of what was tried.)

/**
 * @param {{called: number, returned: number}[]} operations of one resource
 * @param state what the resource is at first; any JSON value
 * @param step (state, operation) -> the state after it, or undefined where it couldn't have been answered so
 * @returns the operations in such an order, or undefined
 */
export function linearize(operations, state, step) {
  const sorted = [...operations].sort((a, b) => a.returned - b.returned);
  const done = new Uint8Array(sorted.length);
  const tried = new Set();
  const order = [];
  let budget = 2_000_000;

  // Whoever was called before the first return of those left may be next.
  function search(state) {
    if (order.length === sorted.length) return true;
    const memory = `${done.join("")}|${JSON.stringify(state)}`;
    if (tried.has(memory)) return false;
    tried.add(memory);
    if (--budget < 0) throw new Error("too many orders to try");
    const first_return = sorted[done.indexOf(0)].returned;
    for (let i = 0; i < sorted.length; ++i) {
      if (done[i] || sorted[i].called > first_return) continue;
      const next = step(state, sorted[i]);
      if (next === undefined) continue;
      done[i] = 1;
      order.push(sorted[i]);
      if (search(next)) return true;
      order.pop();
      done[i] = 0;
    }
    return false;
  }

  return search(state) ? order : undefined;
}
