import { type RefObject, useEffect } from 'react';
import { Button, Input, Label, SearchField, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { State } from '../data/page.ts';
import type { Index } from '../model/index.ts';
import type { Place } from '../model/place.ts';
import type { Go } from './usePlace.ts';

const ALL = 'all providers'; // no provider's id holds a blank

function ProviderSwitch({ index, place, go }: { index: Index; place: Place; go: Go }) {
  const { providers } = index.page;
  if (providers.length < 2) return null;
  return (
    <div className="choice">
      <span id="provider-label">Provider</span>
      <ToggleButtonGroup
        aria-labelledby="provider-label"
        className="switch"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[place.provider || ALL]}
        onSelectionChange={(keys) => {
          const [chosen] = keys;
          go({ provider: chosen === ALL || chosen === undefined ? '' : String(chosen) });
        }}
      >
        <ToggleButton id={ALL}>All, the weakest each</ToggleButton>
        {providers.map((provider) => (
          <ToggleButton key={provider.id} id={provider.id}>
            {provider.name}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
}

// The legend, and the filter by state: each state with its meaning and how many cells it has.
function StateFilter({
  index,
  place,
  go,
  counts,
}: {
  index: Index;
  place: Place;
  go: Go;
  counts: ReadonlyMap<State, number>;
}) {
  const looks = index.page.looks.filter((look) => look.state !== 'not_applicable');
  return (
    <div className="choice">
      <span id="state-label">State</span>
      <ToggleButtonGroup
        aria-labelledby="state-label"
        className="states"
        selectionMode="multiple"
        selectedKeys={place.states}
        onSelectionChange={(keys) => go({ states: looks.map((look) => look.state).filter((state) => keys.has(state)) })}
      >
        {looks.map((look) => (
          <ToggleButton key={look.state} id={look.state} className="legend">
            <span className={`swatch s-${look.state}`} aria-hidden="true">
              {look.glyph}
            </span>
            <span>
              <b>{look.label}</b> {counts.get(look.state) ?? 0}
              <small>{look.meaning}</small>
            </span>
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
}

function TacticChoice({ index, place, go }: { index: Index; place: Place; go: Go }) {
  return (
    <label className="choice">
      <span>Tactic</span>
      <select value={place.tactic} onChange={(event) => go({ tactic: event.target.value })}>
        <option value="">All tactics</option>
        {index.page.tactics.map((tactic) => (
          <option key={tactic.id} value={tactic.id}>
            {tactic.name}
          </option>
        ))}
      </select>
    </label>
  );
}

// '/' goes to the search from everywhere but a field that is being typed in.
function useSlash(field: RefObject<HTMLInputElement | null>) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target } = event;
      const isTyping = target instanceof HTMLElement && target.matches('input,select,textarea');
      if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      if (document.querySelector('[role=dialog]') !== null) return;
      event.preventDefault();
      event.stopPropagation();
      field.current?.focus();
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [field]);
}

interface Properties {
  index: Index;
  place: Place;
  go: Go;
  counts: ReadonlyMap<State, number>;
  searchField: RefObject<HTMLInputElement | null>;
}

export function Filters({ index, place, go, counts, searchField }: Properties) {
  useSlash(searchField);
  return (
    <search className="filters">
      <ProviderSwitch index={index} place={place} go={go} />
      <div className="line">
        <SearchField className="choice find" value={place.query} onChange={(query) => go({ query })}>
          <Label>
            Search <kbd>/</kbd>
          </Label>
          <Input ref={searchField} placeholder="technique, rule, log source" />
          <Button aria-label="Clear the search">✕</Button>
        </SearchField>
        <TacticChoice index={index} place={place} go={go} />
      </div>
      <StateFilter index={index} place={place} go={go} counts={counts} />
    </search>
  );
}
