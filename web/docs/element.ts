// Elements without a framework: this page shares nothing with the shop, so that the shop's first page stays as small.

type Child = Node | string | undefined;
type Settings<E> = { [K in keyof E]?: E[K] } & { data?: Record<string, string> };

export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag, settings: Settings<HTMLElementTagNameMap[Tag]> = {}, ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  const { data, ...properties } = settings;
  Object.assign(made, properties);
  Object.assign(made.dataset, data);
  made.append(...children.filter((child) => child !== undefined));
  return made;
}
