import { in_both } from './words';

export const say_categories = in_both(
  {
    title: '카테고리', add: '카테고리 추가', name: '이름', slug: '슬러그', slug_hint: '주소에 쓰여요. 비워 두면 이름으로 만들어요.', parent: '위 카테고리',
      top: '맨 위', position: '순서', position_hint: '비워 두면 맨 뒤예요.', products: '상품', edit: (name: string) => `${name} 고치기`,
    remove: '삭제', remove_ask: (name: string) => `‘${name}’ 카테고리를 삭제할까요?`,
      remove_hint: '상품이나 아래 카테고리가 들어 있거나 쿠폰 규칙에 쓰이면 삭제할 수 없어요.', removed: '삭제했어요',
  },
  {
    title: 'Categories', add: 'Add category', name: 'Name', slug: 'Slug',
      slug_hint: 'Part of the address. Left empty it is made of the name.', parent: 'Below', top: 'At the top',
      position: 'Position', position_hint: 'Left empty it comes last.', products: 'Products',
      edit: (name) => `Edit ${name}`,
    remove: 'Remove', remove_ask: (name) => `Remove the category “${name}”?`,
      remove_hint: 'It stays while there are products or categories in it, or a rule is about it.', removed: 'Removed',
  },
);
