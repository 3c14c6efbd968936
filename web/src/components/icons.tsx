// Line icons on a 24 px grid, in the colour of their text. They say nothing by themselves: the label is beside them.

const PATHS = {
  home: 'M4 11.5 12 4.5l8 7V19a1.5 1.5 0 0 1-1.5 1.5H15v-5.5H9v5.5H5.5A1.5 1.5 0 0 1 4 19z',
  shop: 'M4.5 9.5 6 4.5h12l1.5 5M4.5 9.5h15M4.5 9.5a2.5 2.5 0 0 0 5 0 2.5 2.5 0 0 0 5 0 2.5 2.5 0 0 0 5 0M6 12v7.5h12V12',
  ticket: 'M4 8a1.5 1.5 0 0 1 1.500-1.500h13A1.5 1.5 0 0 1 20 8v2.200a1.800 1.800 0 0 0 0 3.600V16a1.5 1.5 0 0 1-1.500 1.500h-13A1.5 1.5 0 0 1 4 16v-2.200a1.800 1.800 0 0 0 0-3.600zM14 7v2M14 11v2M14 15v2',
  bag: 'M6 8.500h12l1 11.500H5zM9 8.500V7a3 3 0 0 1 6 0v1.500',
  user: 'M12 12a3.750 3.750 0 1 0 0-7.500 3.750 3.750 0 0 0 0 7.500zM5 20c.6-3.500 3.300-5.250 7-5.250S18.400 16.500 19 20',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l4.500 4.500',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  close: 'M6 6l12 12M18 6 6 18',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  next: 'M9 5l7 7-7 7',
  back: 'M15 5l-7 7 7 7',
  filter: 'M4 7h10M18 7h2M4 17h2M10 17h10M16 4.800v4.400M8 14.800v4.400',
  truck: 'M3 6.500h11v10H3zM14 10h4l3 3.500v3h-7M7 19a1.800 1.800 0 1 0 0-3.600A1.800 1.800 0 0 0 7 19zM17.500 19a1.800 1.800 0 1 0 0-3.600 1.800 1.800 0 0 0 0 3.600z',
  clock: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 7.500V12l3 2',
  wallet: 'M4 7.500A1.500 1.500 0 0 1 5.500 6H17v3M4 7.500V18a1.500 1.500 0 0 0 1.500 1.500h13A1.500 1.500 0 0 0 20 18v-7.500A1.500 1.500 0 0 0 18.500 9h-13A1.500 1.500 0 0 1 4 7.500zM16 14.200h.01',
  cloud: 'M7 18.500a4 4 0 0 1-.5-7.970A5.500 5.500 0 0 1 17 9.500a4.500 4.500 0 0 1 1.500 8.700M4 4l16 16',
  receipt: 'M6 3.500h12v17l-2.400-1.500-1.800 1.500-1.800-1.500-1.800 1.500-1.800-1.500L6 20.500zM9 8.500h6M9 12.500h6',
  mail: 'M4 6h16v12H4zM4 7l8 6 8-6',
} as const;
export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 24 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor"
      stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
