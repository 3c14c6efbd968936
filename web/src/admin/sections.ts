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
  {
    path: '/admin/orders', name: { ko: '주문', en: 'Orders' }, icon: 'orders',
    pages: [
      { pattern: /^\/admin\/orders$/, fetch: async () => (await import('./orders')).OrdersPage },
      { pattern: /^\/admin\/orders\/([^/]+)$/, fetch: async () => (await import('./order')).OrderPage },
    ],
  },
  {
    path: '/admin/products', name: { ko: '상품', en: 'Products' }, icon: 'box',
    pages: [
      { pattern: /^\/admin\/products$/, fetch: async () => (await import('./products')).ProductsPage },
      { pattern: /^\/admin\/products\/(new|\d+)$/, fetch: async () => (await import('./product')).ProductPage },
    ],
  },
  {
    path: '/admin/categories', name: { ko: '카테고리', en: 'Categories' }, icon: 'tree',
    pages: [{ pattern: /^\/admin\/categories$/, fetch: async () => (await import('./categories')).CategoriesPage }],
  },
  {
    path: '/admin/imports', name: { ko: '상품 가져오기', en: 'Import' }, icon: 'upload',
    pages: [{ pattern: /^\/admin\/imports$/, fetch: async () => (await import('./imports')).ImportsPage }],
  },
];
