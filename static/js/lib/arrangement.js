/**
 * A suggested order of the list as a change of the one that stands.
 */

/** @typedef {{id: string, from: number, to: number, moves: boolean}} Step places counted from 1; `moves`: not only because others do */

/**
 * Return everybody in the suggested order, with the place that they have now; who joined since is left out.
 * @param {string[]} now
 * @param {string[]} order
 * @param {string[]} moved those whom the rule would move
 * @returns {Step[]}
 */
export function stepsTo(now, order, moved) {
  const places = new Map(now.map((id, index) => [id, index + 1]));
  const moving = new Set(moved);
  const known = order.filter((id) => places.has(id));
  return known.map((id, index) => ({ id, from: places.get(id) ?? 0, to: index + 1, moves: moving.has(id) }));
}

/** So many in a row who keep their order are named. */
const NAMED = 2;

/**
 * Return the steps that are worth showing: those who move, and of longer runs of others only how many they are.
 * @param {Step[]} steps
 * @returns {(Step|{stay: number})[]}
 */
export function worthShowing(steps) {
  /** @type {(Step|{stay: number})[]} */
  const shown = [];
  /** @type {Step[]} */
  let staying = [];
  const settle = () => {
    if (staying.length > NAMED) shown.push({ stay: staying.length });
    else shown.push(...staying);
    staying = [];
  };
  for (const step of steps) {
    if (!step.moves) {
      staying.push(step);
      continue;
    }
    settle();
    shown.push(step);
  }
  settle();
  return shown;
}
