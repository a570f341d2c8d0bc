import type { Appearance } from '../data/page.ts';

// Sets the states' colours as custom properties, through the CSSOM: the page's policy allows no
// style in the markup. Values were checked to be colours when they were read.
export function dye(element: HTMLElement, looks: readonly Appearance[]): void {
  for (const look of looks) {
    element.style.setProperty(`--${look.state}`, look.fill);
    element.style.setProperty(`--on-${look.state}`, look.text);
  }
}
