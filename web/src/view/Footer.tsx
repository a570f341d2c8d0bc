import type { Index } from '../model/index.ts';

// The words of the page, for who reads it without us.
export function Words() {
  return (
    <p>
      A cell is one technique on one provider. Percentages are over the cells that are known to apply. On paper means
      that a working rule names the technique; it does not mean that an alert was seen. Exercised means that one was, on
      telemetry that a program made; validated, on a real attack.
    </p>
  );
}

export function Maker({ index }: { index: Index }) {
  return (
    <p>
      Made by Nephometer {index.page.programVersion}. ATT&amp;CK is a registered trademark of The MITRE Corporation.
    </p>
  );
}
