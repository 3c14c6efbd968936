// All sections of the back office, in the order of its menu. Each page is a script of its own.

import type { ComponentType } from 'preact';
import type { Text } from '../api_types';
import type { IconName } from './icons';

/** What a page is told of its address: the part that the pattern holds. */
export interface PageProps { name: string }

export interface AdminPage {
  pattern: RegExp;
  fetch: () => Promise<ComponentType<PageProps>>;
}

export interface Section {
  path: string;
  name: Text;
  icon: IconName;
  pages: AdminPage[];
}

export const SECTIONS: Section[] = [
  {
    path: '/admin', name: { ko: '대시보드', en: 'Dashboard' }, icon: 'chart',
    pages: [{ pattern: /^\/admin$/, fetch: async () => (await import('./dashboard')).DashboardPage }],
  },
];
