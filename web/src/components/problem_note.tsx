/** What went wrong with a form, read out when it appears. */
export function ProblemNote({ text }: { text: string | undefined }) {
  return <div role="alert">{text && <p class="result result-bad">{text}</p>}</div>;
}
