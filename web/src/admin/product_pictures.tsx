import { useRef, useState } from 'preact/hooks';
import type { ImageInput, UploadedImage } from '../api_types';
import { Picture } from '../components/ui';
import { percent } from '../i18n/format';
import type { Problem } from '../store/rest';
import { upload } from './api';
import { PairField } from './forms';
import { Icon } from './icons';
import { Panel, Refusal } from './parts';
import { RemoveButton } from './product_form';
import { say_products } from './products_words';

/** Pictures are kept by the server as soon as they are chosen; which of them the product has is saved with it. */
export function PicturesPanel({ images, set }: { images: ImageInput[]; set: (images: ImageInput[]) => void }) {
  const say = say_products();
  const input = useRef<HTMLInputElement>(null);
  const [sending, set_sending] = useState<{ name: string; part: number } | null>(null);
  const [problem, set_problem] = useState<Problem>();
  const latest = useRef(images);
  latest.current = images;
  const take = async (files: File[]): Promise<void> => {
    set_problem(undefined);
    for (const file of files) {
      set_sending({ name: file.name, part: 0 });
      const answer = await upload<UploadedImage>('/admin/images', file, file.type,
        (part) => set_sending({ name: file.name, part }));
      if (!answer.ok) {
        set_problem(answer.problem);
        break;
      }
      const { url } = answer.value;
      if (!latest.current.some((one) => one.url === url)) set([...latest.current, { url, alt: { ko: '', en: '' } }]);
    }
    set_sending(null);
  };
  const move = (at: number, by: number): void => {
    const next = [...images];
    const [one] = next.splice(at, 1);
    if (one) next.splice(at + by, 0, one);
    set(next);
  };
  return (
    <Panel title={say.pictures}>
      <div onDragOver={(event) => event.preventDefault()} onDrop={(event) => {
        event.preventDefault();
        void take([...(event.dataTransfer?.files ?? [])]);
      }}>
        <ul class="pictures">
          {images.map((image, i) => (
            <li key={image.url}>
              <Picture image={image.url} name={say.picture(i + 1)} size={96} />
              <PairField label={say.alt} name={`alt-${i}`} value={image.alt} maxLength={255}
                onInput={(alt) => set(images.map((one, j) => (i === j ? { ...one, alt } : one)))} />
              <div class="pictures-tools">
                <button type="button" class="icon-button icon-button-small" aria-label={say.earlier(i + 1)}
                  disabled={i === 0} onClick={() => move(i, -1)}><Icon name="up" size={18} /></button>
                <button type="button" class="icon-button icon-button-small" aria-label={say.later(i + 1)}
                  disabled={i === images.length - 1} onClick={() => move(i, 1)}><Icon name="down" size={18} /></button>
                <RemoveButton label={say.remove_picture(i + 1)} onClick={() => set(images.filter((_, j) => i !== j))} />
              </div>
            </li>
          ))}
        </ul>
        <div class="drop-zone">
          <input ref={input} id="field-pictures" class="visually-hidden" type="file"
            accept="image/png,image/jpeg,image/webp" multiple aria-label={say.add_pictures}
            onChange={(event) => {
              const files = [...(event.currentTarget.files ?? [])];
              event.currentTarget.value = '';
              void take(files);
            }} />
          <button type="button" class="button button-small" disabled={sending !== null}
            onClick={() => input.current?.click()}><Icon name="picture" size={18} />{say.add_pictures}</button>
          <span class="muted" role="status">{sending ? say.uploading(sending.name,
            percent(Math.round(sending.part * 100) * 100)) : say.pictures_hint}</span>
        </div>
        {sending && <progress max={1} value={sending.part} aria-label={sending.name} />}
      </div>
      <Refusal problem={problem} />
    </Panel>
  );
}
