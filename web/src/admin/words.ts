// The back office's own sentences: each section has a file of its own, with both languages in it. English must have
// what Korean has, or the build fails.

import { language } from '../i18n';

/** Read inside a component it makes that follow the language. */
export function in_both<Words>(ko: Words, en: NoInfer<Words>): () => Words {
  return () => (language() === 'ko' ? ko : en);
}

export const say_shell = in_both(
  {
    name: '관리자', menu: '관리자 메뉴', open_menu: '메뉴', to_shop: '쇼핑몰 보기', sign_in: '관리자 로그인',
    sign_in_hint: '관리자 계정으로 로그인해 주세요.', not_admin: '관리자만 볼 수 있어요',
    not_admin_hint: (email: string) => `${email} 계정에는 관리자 권한이 없어요. 관리자 계정으로 다시 로그인해 주세요.`,
    other_account: '다른 계정으로 로그인', missing: '없는 페이지예요', to_start: '대시보드로',
    more: '더 보기', empty: '아직 없어요', nothing_found: '조건에 맞는 것이 없어요', search: '검색', save: '저장', saving: '저장 중…',
      saved: '저장했어요',
    cancel: '취소', remove: '삭제', required: '필수', korean: '한국어', english: '영어', check_this: '이 값을 확인해 주세요',
    changed_title: '그 사이 다른 관리자가 바꿨어요',
    changed_hint: '새 내용을 불러오면 여기서 고친 것은 사라져요. 그대로 저장하면 다른 관리자가 고친 것이 내 것으로 바뀌어요.',
    show_theirs: '새 내용 불러오기', save_anyway: '내 것으로 저장', as_table: '표로 보기', as_chart: '그래프로 보기',
    no_amount: '금액을 확인해 주세요', no_number: '숫자를 확인해 주세요', all: '전체', time: '시각', unsaved: '저장하지 않은 내용이 있어요',
    leave_ask: '저장하지 않은 내용이 있어요. 저장하지 않고 나갈까요?',
  },
  {
    name: 'Back office', menu: 'Back office menu', open_menu: 'Menu', to_shop: 'View shop', sign_in: 'Back office',
    sign_in_hint: 'Please sign in with an admin’s account.', not_admin: 'This is for admins only',
    not_admin_hint: (email) => `${email} is not an admin’s account. Please sign in with one that is.`,
    other_account: 'Use another account', missing: 'No such page', to_start: 'To the dashboard',
    more: 'Show more', empty: 'Nothing here yet', nothing_found: 'Nothing matches', search: 'Search', save: 'Save',
      saving: 'Saving…', saved: 'Saved',
    cancel: 'Cancel', remove: 'Remove', required: 'required', korean: 'Korean', english: 'English',
      check_this: 'Please check this',
    changed_title: 'Another admin has changed this meanwhile',
    changed_hint: 'Load the new state and what you changed here is gone. Save yours and it takes the place of theirs.',
    show_theirs: 'Load the new state', save_anyway: 'Save mine', as_table: 'Show as table', as_chart: 'Show as chart',
    no_amount: 'Please check the amount', no_number: 'Please check the number', all: 'All', time: 'Time',
      unsaved: 'There are unsaved changes',
    leave_ask: 'There are unsaved changes. Leave without saving them?',
  },
);
