import type { MovementReason } from '../api_types';
import { in_both } from './words';

const reasons_ko: Record<MovementReason, string> = { RECEIVED: '입고', ADJUSTED: '조정', SOLD: '판매', RETURNED: '반품' };

export const say_products = in_both(
  {
    title: '상품', add: '상품 등록', search: '이름, 핸들, SKU 검색', status: '판매 상태', active: '판매 중', archived: '판매 중지', product: '상품', price: '가격', stock: '재고', variants: '옵션 조합', changed: '수정',
    from: (price: string) => `${price}부터`, new_title: '상품 등록', view: '쇼핑몰에서 보기', basics: '기본 정보', name: '이름', description: '설명 (HTML)', description_hint: '문단, 목록, 강조 같은 간단한 태그만 남아요.',
    handle: '핸들', handle_hint: '주소에 쓰여요. 비워 두면 이름으로 만들어요.', vendor: '만든 곳', tags: '태그', tags_hint: '쉼표로 나눠 적어요.', categories: '카테고리', no_categories: '카테고리가 아직 없어요',
    max_quantity: '한 번에 살 수 있는 수량', max_quantity_hint: '비워 두면 제한이 없어요.', tax_class: '과세 구분', selling: '판매', for_sale: '판매 중', for_sale_hint: '끄면 쇼핑몰에서 보이지 않아요. 주문 기록은 그대로예요.',
    pictures: '사진', add_pictures: '사진 올리기', pictures_hint: 'PNG, JPEG, WebP, 8 MiB까지. 첫 사진이 대표 사진이에요.', uploading: (name: string, percent: string) => `${name} 올리는 중 ${percent}`,
    picture: (n: number) => `사진 ${n}`, alt: '대체 텍스트', earlier: (n: number) => `사진 ${n} 앞으로`, later: (n: number) => `사진 ${n} 뒤로`, remove_picture: (n: number) => `사진 ${n} 삭제`,
    options: '옵션', options_hint: '색상, 크기처럼 고르는 것이 있으면 추가해 주세요. 만든 뒤에는 값을 더할 수만 있어요.', option: (n: number) => `옵션 ${n}`, value: (n: number) => `값 ${n}`, add_option: '옵션 추가', add_value: '값 추가', remove_option: (n: number) => `옵션 ${n} 삭제`, remove_value: (n: number) => `값 ${n} 삭제`,
    variants_title: '가격과 재고', compare_at: '할인 전 가격', sku: 'SKU', variant: '조합', single: '기본', for_all: '모든 조합에', apply: '채우기', all_price: '가격 (모든 조합)', all_stock: '재고 (모든 조합)', not_made: '아직 없는 조합', make: '만들기', on_sale: '판매',
    created: '상품을 등록했어요', needs_price: '가격을 적어 주세요', needs_name: '이름을 적어 주세요', needs_variant: '팔 조합이 하나는 있어야 해요',
    movements: '재고 이동', stock_of: (name: string) => `재고 · ${name}`, now_in_stock: (n: string) => `지금 ${n}개`, delta: '수량', delta_hint: '나가는 것은 음수로 적어요. 예: -3', reason: '이유', reference: '메모', move: '재고 반영', moved: (n: string) => `이제 재고는 ${n}개예요`, no_movements: '재고 이동이 없어요',
    reasons: reasons_ko, order: (number: string) => `주문 ${number}`, when: '시각', change_stock: (name: string) => `${name} 재고 바꾸기`, imported: '파일에서 가져옴',
  },
  {
    title: 'Products', add: 'Add product', search: 'Name, handle or SKU', status: 'Status', active: 'For sale', archived: 'Archived', product: 'Product', price: 'Price', stock: 'Stock', variants: 'Variants', changed: 'Changed',
    from: (price) => `from ${price}`, new_title: 'Add product', view: 'View in shop', basics: 'Basics', name: 'Name', description: 'Description (HTML)', description_hint: 'Simple tags are kept: paragraphs, lists, emphasis.',
    handle: 'Handle', handle_hint: 'Part of the address. Left empty it is made of the name.', vendor: 'Made by', tags: 'Tags', tags_hint: 'Separated by commas.', categories: 'Categories', no_categories: 'There are no categories yet',
    max_quantity: 'Most units per order line', max_quantity_hint: 'Left empty there is no limit.', tax_class: 'Tax class', selling: 'Selling', for_sale: 'For sale', for_sale_hint: 'Switched off it is not in the shop. Orders keep their record.',
    pictures: 'Pictures', add_pictures: 'Upload pictures', pictures_hint: 'PNG, JPEG or WebP, up to 8 MiB. The first one is the cover.', uploading: (name, percent) => `Uploading ${name}: ${percent}`,
    picture: (n) => `Picture ${n}`, alt: 'Alternative text', earlier: (n) => `Move picture ${n} forward`, later: (n) => `Move picture ${n} back`, remove_picture: (n) => `Remove picture ${n}`,
    options: 'Options', options_hint: 'Add what shoppers choose by, such as colour or size. Later values can only be added.', option: (n) => `Option ${n}`, value: (n) => `Value ${n}`, add_option: 'Add option', add_value: 'Add value', remove_option: (n) => `Remove option ${n}`, remove_value: (n) => `Remove value ${n}`,
    variants_title: 'Prices and stock', compare_at: 'Price before', sku: 'SKU', variant: 'Variant', single: 'The product itself', for_all: 'For all variants', apply: 'Fill in', all_price: 'Price (all variants)', all_stock: 'Stock (all variants)', not_made: 'Not made yet', make: 'Make', on_sale: 'For sale',
    created: 'The product is in the shop', needs_price: 'A price is needed', needs_name: 'A name is needed', needs_variant: 'There must be one variant at least',
    movements: 'Stock movements', stock_of: (name) => `Stock · ${name}`, now_in_stock: (n) => `${n} in stock`, delta: 'Units', delta_hint: 'Negative for what goes out, e.g. -3', reason: 'Reason', reference: 'Note', move: 'Book', moved: (n) => `${n} in stock now`, no_movements: 'No movements',
    reasons: { RECEIVED: 'Received', ADJUSTED: 'Adjusted', SOLD: 'Sold', RETURNED: 'Returned' }, order: (number) => `Order ${number}`, when: 'Time', change_stock: (name) => `Change stock of ${name}`, imported: 'From a file',
  },
);
