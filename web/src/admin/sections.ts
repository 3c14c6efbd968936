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
    path: '/admin/charges', name: { ko: '충전', en: 'Top-ups' }, icon: 'wallet',
    pages: [{ pattern: /^\/admin\/charges$/, fetch: async () => (await import('./charges')).ChargesPage }],
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
  {
    path: '/admin/coupons', name: { ko: '쿠폰', en: 'Coupons' }, icon: 'ticket',
    pages: [
      { pattern: /^\/admin\/coupons$/, fetch: async () => (await import('./rules/rule_list')).CouponsPage },
      { pattern: /^\/admin\/coupons\/(new|\d+)$/, fetch: async () => (await import('./rules/rule_page')).CouponPage },
    ],
  },
  {
    path: '/admin/promotions', name: { ko: '프로모션', en: 'Promotions' }, icon: 'percent',
    pages: [
      { pattern: /^\/admin\/promotions$/, fetch: async () => (await import('./rules/rule_list')).PromotionsPage },
      { pattern: /^\/admin\/promotions\/(new|\d+)$/, fetch: async () =>
        (await import('./rules/rule_page')).PromotionPage },
    ],
  },
  {
    path: '/admin/campaigns', name: { ko: '선착순', en: 'Coupon drops' }, icon: 'clock',
    pages: [
      { pattern: /^\/admin\/campaigns$/, fetch: async () => (await import('./campaigns/campaign_list')).CampaignsPage },
      { pattern: /^\/admin\/campaigns\/new$/,
        fetch: async () => (await import('./campaigns/campaign_list')).NewCampaignPage },
      { pattern: /^\/admin\/campaigns\/(\d+)$/,
        fetch: async () => (await import('./campaigns/campaign_page')).CampaignPage },
    ],
  },
  {
    path: '/admin/webhooks', name: { ko: '웹훅', en: 'Webhooks' }, icon: 'plug',
    pages: [
      { pattern: /^\/admin\/webhooks$/, fetch: async () => (await import('./webhooks/webhook_list')).WebhooksPage },
      { pattern: /^\/admin\/webhooks\/new$/,
        fetch: async () => (await import('./webhooks/webhook_list')).NewWebhookPage },
      { pattern: /^\/admin\/webhooks\/(\d+)$/,
        fetch: async () => (await import('./webhooks/webhook_page')).WebhookPage },
    ],
  },
  {
    path: '/admin/log', name: { ko: '변경 기록', en: 'Audit log' }, icon: 'list',
    pages: [{ pattern: /^\/admin\/log$/, fetch: async () => (await import('./log')).LogPage }],
  },
  {
    path: '/admin/settings', name: { ko: '쇼핑몰 설정', en: 'Settings' }, icon: 'gear',
    pages: [{ pattern: /^\/admin\/settings$/, fetch: async () => (await import('./settings/settings')).SettingsPage }],
  },
];
