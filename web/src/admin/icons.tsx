// The back office's line icons, as the shop's (components/icons.tsx).

const PATHS = {
  chart: 'M4 20V4M4 20h16M8.5 16v-4M13 16V8M17.5 16v-6',
  orders: 'M6 3.500h12v17l-2.400-1.500-1.800 1.500-1.800-1.500-1.800 1.500-1.800-1.500L6 20.500zM9 8.500h6M9 12.500h6',
  box: 'M4 8l8-4 8 4v8.500L12 20.500 4 16.500zM4 8l8 4 8-4M12 12v8.500',
  wallet: 'M4 7.500A1.500 1.500 0 0 1 5.500 6H17v3M4 7.500V18a1.500 1.500 0 0 0 1.500 1.500h13A1.500 1.500 0 0 0 20 18v-7.500A1.500 1.500 0 0 0 18.500 9h-13A1.500 1.500 0 0 1 4 7.500zM16 14.200h.01',
  tree: 'M5 4v14.500h6M5 9h6M14 6.500h6v5h-6zM14 16h6v5h-6z',
  upload: 'M12 15.500V4.500M7.500 8.500 12 4l4.500 4.500M4.500 15v3.500a1.500 1.500 0 0 0 1.500 1.500h12a1.500 1.500 0 0 0 1.500-1.500V15',
  ticket: 'M4 8a1.5 1.5 0 0 1 1.500-1.500h13A1.5 1.5 0 0 1 20 8v2.200a1.800 1.800 0 0 0 0 3.600V16a1.5 1.5 0 0 1-1.500 1.500h-13A1.5 1.5 0 0 1 4 16v-2.200a1.800 1.800 0 0 0 0-3.600zM14 7v2M14 11v2M14 15v2',
  percent: 'M6 18 18 6M8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM16 18a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  clock: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 7.500V12l3 2',
  plug: 'M9 3.500v5M15 3.500v5M6 8.500h12V12a6 6 0 0 1-12 0zM12 18v3',
  list: 'M8 6.500h12M8 12h12M8 17.500h12M4 6.500h.01M4 12h.01M4 17.500h.01',
  gear: 'M12 15.200a3.200 3.200 0 1 0 0-6.400 3.200 3.200 0 0 0 0 6.400zM12 3v3M12 18v3M3 12h3M18 12h3M5.600 5.600l2.100 2.100M16.300 16.300l2.100 2.100M5.600 18.400l2.100-2.100M16.300 7.700l2.100-2.100',
  menu: 'M4 7h16M4 12h16M4 17h16',
  close: 'M6 6l12 12M18 6 6 18',
  plus: 'M12 5v14M5 12h14',
  trash: 'M5 7h14M10 7V4.500h4V7M7 7l.800 12.500h8.400L17 7M10.500 10.500v6M13.500 10.500v6',
  up: 'M6 14.500 12 8.500l6 6',
  down: 'M6 9.500l6 6 6-6',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l4.500 4.500',
  picture: 'M4 5.500h16v13H4zM4 15.500l4.500-4.500 4 4 2.500-2.500 5 5M15.500 9.500h.01',
} as const;
export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor"
      stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
