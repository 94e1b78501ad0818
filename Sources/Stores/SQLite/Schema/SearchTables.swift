import SQLite

/// The tables by which assets are found: by words of their facts, and by their texts.
enum SearchTables {
  static let sql: SQL = """
    -- What assets can be filtered by: a kind, a model, a tag. The counts are of `facet`.
    CREATE TABLE word (
      id INTEGER PRIMARY KEY,
      facet TEXT NOT NULL,
      text TEXT NOT NULL,
      count INTEGER NOT NULL DEFAULT 0,
      bytes INTEGER NOT NULL DEFAULT 0,
      deleted INTEGER NOT NULL DEFAULT 0,
      UNIQUE (facet, text)
    ) STRICT;

    -- The assets of each word in order of time, so that a filtered list is a walk and no search. No
    -- reference to the asset: SQLite would want a second index for it.
    CREATE TABLE facet (
      word INTEGER NOT NULL,
      is_deleted INTEGER NOT NULL,
      added_at INTEGER NOT NULL,
      asset INTEGER NOT NULL,
      PRIMARY KEY (word, is_deleted, added_at, asset)
    ) STRICT, WITHOUT ROWID;

    -- Texts that others made of an asset: a transcript, text on the screen.
    CREATE TABLE asset_text (
      asset INTEGER NOT NULL REFERENCES asset ON DELETE CASCADE,
      kind TEXT NOT NULL,
      text TEXT NOT NULL,
      PRIMARY KEY (asset, kind)
    ) STRICT, WITHOUT ROWID;

    -- Chinese, Japanese and Korean signs are taken apart before they come here, each a word.
    CREATE VIRTUAL TABLE text USING fts5 (
      name, prompt, notes, transcript, screen,
      tokenize = 'unicode61 remove_diacritics 2',
      -- Of three letters thousands of words begin with, whose lists would have to be merged.
      prefix = '3'
    );

    -- Every word that was ever in a text, for parts of words. There are far fewer words than texts,
    -- and words that are gone do no harm.
    CREATE TABLE form (id INTEGER PRIMARY KEY, form TEXT NOT NULL UNIQUE) STRICT;
    CREATE VIRTUAL TABLE form_part USING fts5 (
      form, content = 'form', content_rowid = 'id', tokenize = 'trigram'
    );

    """
}
