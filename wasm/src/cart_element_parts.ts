// What the shadow of <cartwright-cart> is made of: elements whose class is their `::part` too, and lists whose rows stay
// the same elements while what they show changes, so that focus and what a screen reader reads stay.

export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  name: string,
  ...children: Node[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (name) {
    element.className = name;
    element.setAttribute("part", name);
  }
  element.append(...children);
  return element;
}

export function set_text(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
  element.hidden = text === "";
}

export interface RowView<Model> {
  readonly row: HTMLElement;
  show(model: Model): void;
}

export class Rows<Model extends { id: number }> {
  readonly list: HTMLUListElement;
  readonly #make_view: (id: number) => RowView<Model>;
  readonly #views = new Map<number, RowView<Model>>();

  constructor(name: string, make_view: (id: number) => RowView<Model>) {
    this.list = make("ul", name);
    this.list.setAttribute("role", "list"); // Safari takes it from lists without markers
    this.#make_view = make_view;
  }

  /** True: the row that had the focus is gone. */
  show(models: Model[]): boolean {
    const had_focus = this.#has_focus();
    const wanted = new Set(models.map((model) => model.id));
    for (const [id, view] of this.#views) {
      if (wanted.has(id)) continue;
      view.row.remove();
      this.#views.delete(id);
    }
    models.forEach((model, at) => {
      let view = this.#views.get(model.id);
      if (!view) this.#views.set(model.id, (view = this.#make_view(model.id)));
      const there = this.list.children[at] ?? null;
      if (there !== view.row) this.list.insertBefore(view.row, there);
      view.show(model);
    });
    this.list.hidden = models.length === 0;
    return had_focus && !this.#has_focus();
  }

  #has_focus(): boolean {
    const root = this.list.getRootNode();
    return root instanceof ShadowRoot && this.list.contains(root.activeElement);
  }
}
