// What leadership reads, on the screen and on one sheet of paper: where we stand, and how sure it is.
import type { ReactNode } from 'react';
import type { Index } from '../model/index.ts';
import { Baseline } from './Baseline.tsx';
import { Headline, Top } from './Headline.tsx';
import { Providers } from './Providers.tsx';

export function OnePage({ index, footer }: { index: Index; footer: ReactNode }) {
  return (
    <div className="one-page">
      <Top index={index} />
      <main>
        <Headline index={index} />
        <Baseline index={index} />
        <Providers index={index} />
      </main>
      {footer}
    </div>
  );
}
