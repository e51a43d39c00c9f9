/** Lets everything happen that can happen without time passing. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
