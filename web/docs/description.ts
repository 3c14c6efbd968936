// What of OpenAPI 3.1 the shop's description uses, and schemas in words.

export interface Schema {
  $ref?: string;
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  maxItems?: number;
  default?: unknown;
  description?: string;
}
export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  description?: string;
  schema: Schema;
}
export type Content = Record<string, { schema?: Schema; example?: unknown }>;
export interface Answer {
  description: string;
  content?: Content;
}
export interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  'x-access': 'anyone' | 'shopper' | 'admin';
  parameters?: (Parameter | Ref)[];
  requestBody?: { required?: boolean; content: Content };
  responses: Record<string, Answer | Ref>;
}
export interface Description {
  info: { title: string; description: string };
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; parameters: Record<string, Parameter>; responses: Record<string, Answer> };
}
interface Ref {
  $ref: string;
}

export function resolve<T extends object>(description: Description, part: T | Ref): T {
  if (!('$ref' in part)) return part;
  const words = (part as Ref).$ref.slice(2).split('/');
  return words.reduce((at, word) => at[word] as Record<string, unknown>, description as unknown as Record<string, unknown>) as T;
}

export const name_of = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1);

const widest = Number.MAX_SAFE_INTEGER;

function limits(schema: Schema): string {
  const words: string[] = [];
  const { minimum, maximum, maxLength, maxItems } = schema;
  if (minimum !== undefined && minimum > -widest) words.push(`≥ ${minimum}`);
  if (maximum !== undefined && maximum < widest) words.push(`≤ ${maximum}`);
  if (maxLength !== undefined) words.push(`at most ${maxLength} bytes`);
  if (maxItems !== undefined) words.push(`at most ${maxItems}`);
  if (schema.default !== undefined && schema.default !== '') words.push(`else ${JSON.stringify(schema.default)}`);
  if (schema.description) words.push(schema.description);
  return words.join(', ');
}

/** A schema as text; the names of others in it are returned as they are met, for links. */
export function in_words(schema: Schema, indent = ''): (string | { name: string })[] {
  if (schema.$ref) return [{ name: name_of(schema.$ref) }];
  if (schema.const !== undefined) return [JSON.stringify(schema.const)];
  if (schema.enum) return [schema.enum.map((word) => JSON.stringify(word)).join(' | ')];
  if (schema.anyOf) return schema.anyOf.flatMap((one, i) => [...(i > 0 ? [' | '] : []), ...in_words(one, indent)]);
  if (schema.items) return [...in_words(schema.items, indent), '[]'];
  if (!schema.properties) return [schema.type ?? 'anything'];
  const inner = `${indent}  `;
  const lines = Object.entries(schema.properties).flatMap(([key, part]) => {
    const more = limits(part.anyOf?.[0] && !part.description ? part.anyOf[0] : part);
    const mark = schema.required?.includes(key) ? '' : '?';
    return [`${inner}${key}${mark}: `, ...in_words(part, inner), more ? `  // ${more}\n` : '\n'];
  });
  return ['{\n', ...lines, `${indent}}`];
}

/** Something to start from where there is no example: what is required. */
export function sample(description: Description, part: Schema): unknown {
  const schema = resolve<Schema>(description, part as Schema | Ref);
  if (schema.default !== undefined) return schema.default;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf?.[0]) return sample(description, schema.anyOf[0]);
  switch (schema.type) {
    case 'object':
      return Object.fromEntries((schema.required ?? []).map((key) => [key, sample(description, schema.properties?.[key] ?? {})]));
    case 'array': return [];
    case 'integer': return Math.max(schema.minimum ?? 0, 0);
    case 'boolean': return false;
    case 'string': return '';
    default: return null;
  }
}
