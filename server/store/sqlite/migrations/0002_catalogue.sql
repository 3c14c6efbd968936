-- What is for sale. `names` columns hold a JSON object of language to text: {"ko": "색상", "en": "Color"}.

CREATE TABLE products (
  id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 9007199254740991),
  handle TEXT NOT NULL UNIQUE,    -- the word in the page's address
  base_price INTEGER NOT NULL CHECK (base_price BETWEEN 0 AND 9007199254740991),  -- the lowest of its active variants
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  tax_class TEXT NOT NULL DEFAULT 'standard' CHECK (length(tax_class) BETWEEN 1 AND 40),
  vendor TEXT NOT NULL DEFAULT '',
  max_quantity INTEGER NOT NULL DEFAULT 0 CHECK (max_quantity BETWEEN 0 AND 1000000),  -- per line, 0 = no limit
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),  -- rises with every change but stock
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX products_by_price ON products (base_price, id) WHERE active = 1;

CREATE TABLE product_texts (
  product_id INTEGER NOT NULL REFERENCES products (id),
  language TEXT NOT NULL CHECK (language IN ('ko', 'en')),
  name TEXT NOT NULL CHECK (name <> ''),
  description_html TEXT NOT NULL DEFAULT '',  -- went through the allow-list of tags
  PRIMARY KEY (product_id, language)
) STRICT;

-- Position 1 is the main picture.
CREATE TABLE product_images (
  product_id INTEGER NOT NULL REFERENCES products (id),
  position INTEGER NOT NULL CHECK (position >= 1),
  url TEXT NOT NULL CHECK (url <> ''),
  alt TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (product_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE product_options (
  product_id INTEGER NOT NULL REFERENCES products (id),
  position INTEGER NOT NULL CHECK (position >= 1),
  names TEXT NOT NULL,
  PRIMARY KEY (product_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE product_option_values (
  product_id INTEGER NOT NULL,
  option_position INTEGER NOT NULL,
  position INTEGER NOT NULL CHECK (position >= 1),
  names TEXT NOT NULL,
  PRIMARY KEY (product_id, option_position, position),
  FOREIGN KEY (product_id, option_position) REFERENCES product_options (product_id, position)
) STRICT, WITHOUT ROWID;

-- `combination` names one value per option by position, joined by slashes: '2/1' is the second value of the first option
-- and the first of the second; '' is the only variant of a product without options. Its index finds a product's variants.
CREATE TABLE product_variants (
  id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 9007199254740991),
  product_id INTEGER NOT NULL REFERENCES products (id),
  combination TEXT NOT NULL DEFAULT '',
  sku TEXT NOT NULL DEFAULT '',
  barcode TEXT NOT NULL DEFAULT '',
  price INTEGER NOT NULL CHECK (price BETWEEN 0 AND 9007199254740991),
  compare_at_price INTEGER CHECK (compare_at_price BETWEEN 0 AND 9007199254740991),
  stock INTEGER NOT NULL CHECK (stock BETWEEN 0 AND 9007199254740991),
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  position INTEGER NOT NULL DEFAULT 1 CHECK (position >= 1),  -- order of display
  weight_grams INTEGER NOT NULL DEFAULT 0 CHECK (weight_grams >= 0),
  image_url TEXT NOT NULL DEFAULT '',
  UNIQUE (product_id, combination)
) STRICT;
-- Not unique: a file may bring the same one twice.
CREATE INDEX product_variants_by_sku ON product_variants (sku) WHERE sku <> '';

-- Every unit that ever came or went; a variant's stock is their sum. Only ever added to, all at the end, so that an
-- order's movements cost one page. `order_id` for SOLD and RETURNED.
CREATE TABLE stock_movements (
  id INTEGER PRIMARY KEY,
  variant_id INTEGER NOT NULL REFERENCES product_variants (id),
  delta INTEGER NOT NULL,
  reason TEXT NOT NULL,
  order_id INTEGER REFERENCES orders (id),
  note TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  CHECK (CASE reason WHEN 'RECEIVED' THEN delta > 0
                     WHEN 'SOLD' THEN delta < 0 AND order_id IS NOT NULL
                     WHEN 'RETURNED' THEN delta > 0 AND order_id IS NOT NULL
                     WHEN 'ADJUSTED' THEN delta <> 0
                     ELSE 0 END)
) STRICT;

CREATE TABLE categories (
  id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 9007199254740991),
  parent_id INTEGER REFERENCES categories (id),
  slug TEXT NOT NULL UNIQUE,
  names TEXT NOT NULL,
  position INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  CHECK (parent_id <> id)
) STRICT;

CREATE TABLE product_categories (
  product_id INTEGER NOT NULL REFERENCES products (id),
  category_id INTEGER NOT NULL REFERENCES categories (id),
  PRIMARY KEY (product_id, category_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX product_categories_by_category ON product_categories (category_id, product_id);

CREATE TABLE product_tags (
  product_id INTEGER NOT NULL REFERENCES products (id),
  tag TEXT NOT NULL CHECK (tag <> ''),
  PRIMARY KEY (product_id, tag)
) STRICT, WITHOUT ROWID;

-- Units sold per product and hour (epoch hours): what popular products are read from.
CREATE TABLE sales_buckets (
  hour INTEGER NOT NULL,
  product_id INTEGER NOT NULL REFERENCES products (id),
  units INTEGER NOT NULL CHECK (units >= 0),
  last_sale_at INTEGER NOT NULL,
  PRIMARY KEY (hour, product_id)
) STRICT, WITHOUT ROWID;

-- What a product is found by (store/search.h). Read whole for each search: 4 to 14 ms for 20,000 products, measured. Not
-- FTS5's trigrams, which would make it faster: SQLite 3.40's LIKE on them misses Korean words of two letters and
-- crashes on some sets of patterns, and what is asked comes from shoppers.
CREATE TABLE product_search (
  product_id INTEGER PRIMARY KEY REFERENCES products (id),
  text TEXT NOT NULL              -- names, tags, vendor in all languages, normalised by search_text()
) STRICT;

-- Product files that admins sent (server/import/importer.h). `counts` and `issues` are JSON: how far it came, written with the
-- products themselves, and what is wrong with the file.
CREATE TABLE imports (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users (id),
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'refused', 'failed', 'interrupted')),
  counts TEXT NOT NULL,
  issues TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  finished_at INTEGER,
  CHECK ((state = 'running') = (finished_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX imports_running ON imports (state) WHERE state = 'running';
