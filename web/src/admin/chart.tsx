// Charts as SVG. Who can't see them reads the same figures as a table, which is always there.

import { useEffect, useRef, useState } from 'preact/hooks';
import { say_shell } from './words';

export interface Series { name: string; values: number[] }

interface ChartProps {
  title: string;
  /** What each value belongs to, in full; `ticks` are their short forms below the axis. */
  labels: string[];
  ticks?: string[];
  /** One or two: bars stand beside each other, lines on top of each other. */
  series: Series[];
  kind: 'bars' | 'line' | 'steps';
  format: (value: number) => string;
  /** The head of the table's first column. */
  label_name?: string;
  /** The axis ends there at least. */
  max?: number;
}

const HEIGHT = 220;
const PAD = { left: 12, right: 12, top: 26, bottom: 26 };

/** The next of 1, 2, 4, 6, 8, 10, 20, … above all values: half of it is round as well. */
function top_of(highest: number): number {
  if (highest <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(highest));
  for (const step of [1, 2, 4, 6, 8, 10]) if (highest <= step * power) return Math.max(1, step * power);
  return 10 * power;
}

export function Chart(props: ChartProps) {
  const { labels, series, format } = props;
  const box = useRef<HTMLDivElement>(null);
  const [width, set_width] = useState(600);
  const [at, set_at] = useState<number | null>(null);
  const [as_table, set_as_table] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => set_width(Math.max(240,
      Math.floor(entry?.contentRect.width ?? 600))));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const top = Math.max(top_of(Math.max(...series.flatMap(({ values }) => values), 0)), props.max ?? 0);
  const inner = { width: width - PAD.left - PAD.right, height: HEIGHT - PAD.top - PAD.bottom };
  const ticks = props.ticks ?? labels;
  const slot = inner.width / Math.max(1, labels.length);
  const x = (i: number): number => PAD.left + slot * (i + 0.5);
  const y = (value: number): number => PAD.top + inner.height * (1 - value / top);
  const widest = Math.max(40, ...ticks.map((tick) => tick.length * 9)) + 16; // room for a tick, in px
  const every = Math.max(1, Math.ceil((labels.length * widest) / inner.width));
  const inside = (middle: number, half: number): number => Math.max(half, Math.min(middle, width - half));
  const say = say_shell();
  return (
    <figure class="chart">
      <div class="chart-head">
        {series.length > 1 && (
          <ul class="chart-legend">{series.map(({ name }, i) => <li key={name} class={`chart-key chart-key-${i}`}>{name}
            </li>)}</ul>
        )}
        <p class="chart-value" aria-hidden="true">
          {at !== null && labels[at] !== undefined && <><b>{labels[at]}
            </b> {series.map(({ name, values }) => `${series.length > 1 ? `${name} `
            : ''}${format(values[at] ?? 0)}`).join(' · ')}</>}
        </p>
        <button type="button" class="link" aria-pressed={as_table} onClick={() => set_as_table(!as_table)}>
          {say.as_table}</button>
      </div>
      <div ref={box} class="chart-box" hidden={as_table}>
        <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true" focusable="false"
          onPointerMove={(event) => {
            const left = event.currentTarget.getBoundingClientRect().left;
            const index = Math.floor((event.clientX - left - PAD.left) / slot);
            set_at(index >= 0 && index < labels.length ? index : null);
          }} onPointerLeave={() => set_at(null)}>
          {[0, 0.5, 1].map((part) => (
            <g key={part}>
              <line class="chart-line" x1={PAD.left} x2={width - PAD.right} y1={y(top * part)} y2={y(top * part)} />
              {part > 0 && (top * part) % 1 === 0 && <text class="chart-scale" x={PAD.left} y={y(top * part) - 6}>
                {format(top * part)}</text>}
            </g>
          ))}
          {at !== null && <rect class="chart-at" x={PAD.left + slot * at} y={PAD.top} width={slot}
            height={inner.height} />}
          {series.map(({ name, values }, number) => props.kind === 'bars'
            ? <Bars key={name} values={values} number={number} of={series.length} slot={slot} x={x} y={y} />
            : <path key={name} class={`chart-stroke chart-stroke-${number}`}
            d={path_of(values, x, y, props.kind === 'steps')} />)}
          {ticks.map((tick, i) => i % every === 0 && tick !== ticks[i - every] && (
            <text key={i} class="chart-tick" x={inside(x(i), tick.length * 4)} y={HEIGHT - 6} text-anchor="middle">{tick}</text>
          ))}
        </svg>
      </div>
      <div class={as_table ? 'chart-table' : 'visually-hidden'}>
        <table>
          <caption>{props.title}</caption>
          <thead><tr><th scope="col">{props.label_name ?? say.time}</th>
            {series.map(({ name }) => <th key={name} scope="col">{name}</th>)}</tr></thead>
          <tbody>
            {labels.map((label, i) => (
              <tr key={i}><th scope="row">{label}</th>{series.map(({ name, values }) =>
                <td key={name}>{format(values[i] ?? 0)}</td>)}</tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

function Bars(props: { values: number[]; number: number; of: number; slot: number; x: (i: number) => number;
  y: (value: number) => number }) {
  const { values, number, of, slot, x, y } = props;
  const width = Math.min(28, (slot * 0.72) / of);
  return (
    <g class={`chart-bar chart-bar-${number}`}>
      {values.map((value, i) => value > 0 && (
        <rect key={i} x={x(i) - (width * of) / 2 + width * number} y={Math.min(y(value), y(0) - 2)} width={width}
          height={Math.max(2, y(0) - y(value))}
          rx={Math.min(3, width / 3)} />
      ))}
    </g>
  );
}

function path_of(values: number[], x: (i: number) => number, y: (value: number) => number, steps: boolean): string {
  return values.map((value, i) => {
    if (i === 0) return `M${x(0)} ${y(value)}`;
    return steps ? `H${x(i)}V${y(value)}` : `L${x(i)} ${y(value)}`;
  }).join('');
}

/** Names with a bar each, longest first: a table that is drawn. */
export function Ranking(props: { caption: string; rows: { key: string | number; name: string; href?: string;
  value: number; text: string; note?: string }[] }) {
  const top = Math.max(...props.rows.map(({ value }) => value), 1);
  return (
    <ol class="ranking" aria-label={props.caption}>
      {props.rows.map((row) => (
        <li key={row.key}>
          <span class="ranking-name">{row.href ? <a href={row.href}>{row.name}</a> : row.name}
            {row.note && <small class="muted"> {row.note}</small>}</span>
          <b class="ranking-value">{row.text}</b>
          <svg class="ranking-bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
            <rect width={(100 * row.value) / top} height="1" /></svg>
        </li>
      ))}
    </ol>
  );
}
