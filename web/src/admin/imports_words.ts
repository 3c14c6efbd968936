import type { ImportCounts, ImportState } from '../api_types';
import { in_both } from './words';

const states_ko: Record<ImportState, string> = { running: '진행 중', done: '완료', refused: '거절됨', failed: '실패',
  interrupted: '중단됨' };
const counts_ko: Record<keyof ImportCounts, string> = {
  rows: '행', products: '상품', products_done: '처리한 상품', products_created: '새 상품', products_changed: '바뀌는 상품',
    variants: '옵션 조합', variants_created: '새 조합',
  variants_changed: '바뀌는 조합', categories_created: '새 카테고리', images: '사진', products_skipped: '건너뛴 상품',
    variants_skipped: '건너뛴 조합',
};

export const say_imports = in_both(
  {
    title: '상품 가져오기', intro: 'Shopify 상품 CSV 형식이에요. 핸들이 같은 상품은 파일에 적힌 대로 바뀌어요.', file: 'CSV 파일', choose: 'CSV 파일 고르기',
      no_file: '아직 고른 파일이 없어요', language: '파일의 언어', skip_bad: '잘못된 상품은 건너뛰기',
      skip_bad_hint: '끄면 하나라도 잘못됐을 때 아무것도 가져오지 않아요.',
    preview: '미리 보기', checking: '확인하는 중…', taken: '이대로 가져올 수 있어요', not_taken: '이대로는 가져올 수 없어요', start: '가져오기',
      sending: (percent: string) => `올리는 중 ${percent}`, progress: (done: string,
      all: string) => `상품 ${all}개 중 ${done}개`, running_hint: '이 페이지를 떠나도 계속 진행돼요.',
    faults: (n: number) => `고쳐야 할 곳 ${n}`, warnings: (n: number) => `알아 둘 것 ${n}`,
      first_of: (n: number) => `처음 ${n}개만 보여요`, line: '행', column: '열', what: '내용', history: '가져온 기록', started: '시작',
      state: '상태', states: states_ko, counts: counts_ko, result: '결과',
      summary: (created: string, changed: string) => `새 상품 ${created}, 바뀐 상품 ${changed}`, whole_file: '파일 전체',
      unread: '파일을 읽지 못했어요', done: '가져오기가 끝났어요', see_products: '상품 보기',
  },
  {
    title: 'Import products',
      intro: 'Takes Shopify’s product CSV. Products with the same handle become what the file says.', file: 'CSV file',
      choose: 'Choose a CSV file', no_file: 'No file chosen yet', language: 'Language of the file',
      skip_bad: 'Leave out faulty products', skip_bad_hint: 'Switched off, one fault means that nothing is imported.',
    preview: 'Preview', checking: 'Checking…', taken: 'It can be imported as it is',
      not_taken: 'It can’t be imported as it is', start: 'Import', sending: (percent) => `Uploading: ${percent}`,
      progress: (done, all) => `${done} of ${all} products`, running_hint: 'It goes on when you leave this page.',
    faults: (n) => `To be mended: ${n}`, warnings: (n) => `Good to know: ${n}`,
      first_of: (n) => `Only the first ${n} are shown`, line: 'Line', column: 'Column', what: 'What',
      history: 'Imports so far', started: 'Started', state: 'State', states: { running: 'Running', done: 'Done',
      refused: 'Refused', failed: 'Failed', interrupted: 'Interrupted' },
    counts: {
      rows: 'Rows', products: 'Products', products_done: 'Products done', products_created: 'New products',
        products_changed: 'Changed products', variants: 'Variants', variants_created: 'New variants',
      variants_changed: 'Changed variants', categories_created: 'New categories', images: 'Pictures',
        products_skipped: 'Products left out', variants_skipped: 'Variants left out',
    },
    result: 'Result', summary: (created, changed) => `${created} new, ${changed} changed`, whole_file: 'Whole file',
      unread: 'The file could not be read', done: 'The import is done', see_products: 'See the products',
  },
);
